import seqmark.model.mamba.MambaProvider;
import seqmark.nn.ModelProvider;

/** Mamba: selective state spaces. */
module seqmark.model.mamba {
  requires transitive seqmark.nn;

  exports seqmark.model.mamba;

  provides ModelProvider with
      MambaProvider;
}
