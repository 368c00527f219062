package seqmark.model.transformer;

import seqmark.nn.Problem;
import seqmark.nn.SequenceModel;
import seqmark.nn.layer.FeedForward;
import seqmark.nn.layer.Positions;
import seqmark.nn.layer.Residual;

/** Provides {@code transformer}. */
public final class TransformerProvider implements Provider {
  /** For ServiceLoader. */
  public TransformerProvider() {}

  @Override
  public String id() {
    return "transformer";
  }

  @Override
  public String summary() {
    return "encoder–decoder of attention and feed-forward nets (Vaswani et al. 2017)";
  }

  /**
   * As in the paper but for size and for norms before sub-layers, which need no warm-up (Xiong et
   * al. 2020).
   */
  @Override
  public TransformerConfig defaults() {
    return new TransformerConfig(
        128,
        4,
        0,
        0,
        2,
        Positions.Kind.SINUSOIDAL,
        Residual.Place.PRE,
        FeedForward.Activation.RELU,
        0.1);
  }

  @Override
  public SequenceModel create(TransformerConfig config, Problem problem) {
    return new Transformer(config, problem);
  }
}
