import seqmark.model.conv.ConvSeq2SeqProvider;
import seqmark.nn.ModelProvider;

/** Convolutional sequence to sequence learning. */
module seqmark.model.conv {
  requires transitive seqmark.nn;

  exports seqmark.model.conv;

  provides ModelProvider with
      ConvSeq2SeqProvider;
}
