package seqmark.model.snail;

import seqmark.nn.ModelProvider;
import seqmark.nn.Problem;
import seqmark.nn.SequenceModel;

/** Provides {@code snail}. */
public final class SnailProvider implements ModelProvider<SnailConfig> {
  /** For ServiceLoader. */
  public SnailProvider() {}

  @Override
  public String id() {
    return "snail";
  }

  @Override
  public String summary() {
    return "temporal convolutions and causal attention in turn, or either (Mishra et al. 2017)";
  }

  @Override
  public SnailConfig defaults() {
    return SnailConfig.DEFAULTS;
  }

  @Override
  public int width(SnailConfig config) {
    return config.hidden();
  }

  @Override
  public SnailConfig withWidth(SnailConfig config, int width) {
    return config.withHidden(width);
  }

  @Override
  public SequenceModel create(SnailConfig config, Problem problem) {
    return new Snail(config, problem);
  }
}
