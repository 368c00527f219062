import seqmark.model.transformer.TransformerDecoderProvider;
import seqmark.model.transformer.TransformerEncoderProvider;
import seqmark.model.transformer.TransformerProvider;
import seqmark.nn.ModelProvider;

/** Transformers. */
module seqmark.model.transformer {
  requires transitive seqmark.nn;

  exports seqmark.model.transformer;

  provides ModelProvider with
      TransformerProvider,
      TransformerDecoderProvider,
      TransformerEncoderProvider;
}
