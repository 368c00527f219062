package seqmark.model.transformer;

import seqmark.nn.Problem;
import seqmark.nn.SequenceModel;
import seqmark.nn.layer.FeedForward;
import seqmark.nn.layer.Positions;
import seqmark.nn.layer.Residual;

/** Provides {@code transformer-encoder}. */
public final class TransformerEncoderProvider implements Provider {
  /** For ServiceLoader. */
  public TransformerEncoderProvider() {}

  @Override
  public String id() {
    return "transformer-encoder";
  }

  @Override
  public String summary() {
    return "bidirectional Transformer that fills in all target tokens at once (BERT, Devlin et al. 2019)";
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
        Positions.Kind.LEARNED,
        Residual.Place.PRE,
        FeedForward.Activation.GELU,
        0.1);
  }

  @Override
  public SequenceModel create(TransformerConfig config, Problem problem) {
    return new TransformerEncoder(config, problem);
  }
}
