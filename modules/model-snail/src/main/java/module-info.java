import seqmark.model.snail.SnailProvider;
import seqmark.nn.ModelProvider;

/** SNAIL: temporal convolutions and causal attention in turn. */
module seqmark.model.snail {
  requires transitive seqmark.nn;

  exports seqmark.model.snail;

  provides ModelProvider with
      SnailProvider;
}
