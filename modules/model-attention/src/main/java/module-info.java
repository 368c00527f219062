import seqmark.model.attention.BahdanauProvider;
import seqmark.model.attention.LuongProvider;
import seqmark.nn.ModelProvider;

/** Bahdanau and Luong attention. */
module seqmark.model.attention {
  requires transitive seqmark.nn;

  exports seqmark.model.attention;

  provides ModelProvider with
      BahdanauProvider,
      LuongProvider;
}
