package seqmark.model.transformer;

import seqmark.nn.Problem;
import seqmark.nn.SequenceModel;
import seqmark.nn.layer.FeedForward;
import seqmark.nn.layer.Positions;
import seqmark.nn.layer.Residual;

/** Provides {@code transformer-decoder}. */
public final class TransformerDecoderProvider implements Provider {
  /** For ServiceLoader. */
  public TransformerDecoderProvider() {}

  @Override
  public String id() {
    return "transformer-decoder";
  }

  @Override
  public String summary() {
    return "decoder-only Transformer over source and target as one sequence (GPT, Radford et al. 2019)";
  }

  /** As in the paper but for size. */
  @Override
  public TransformerConfig defaults() {
    return new TransformerConfig(
        128,
        4,
        0,
        0,
        2,
        Positions.Kind.LEARNED,
        Residual.Place.PRE,
        FeedForward.Activation.GELU,
        0.1);
  }

  @Override
  public SequenceModel create(TransformerConfig config, Problem problem) {
    return new TransformerDecoder(config, problem);
  }
}
