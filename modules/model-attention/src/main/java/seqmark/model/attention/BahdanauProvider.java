package seqmark.model.attention;

import seqmark.nn.ModelProvider;
import seqmark.nn.Problem;
import seqmark.nn.SequenceModel;

/** Provides {@code bahdanau}. */
public final class BahdanauProvider implements ModelProvider<BahdanauConfig> {
  /** For ServiceLoader. */
  public BahdanauProvider() {}

  @Override
  public String id() {
    return "bahdanau";
  }

  @Override
  public String summary() {
    return "additive attention over a bidirectional encoder (Bahdanau, Cho and Bengio 2014)";
  }

  @Override
  public BahdanauConfig defaults() {
    return BahdanauConfig.DEFAULTS;
  }

  @Override
  public int width(BahdanauConfig config) {
    return config.hidden();
  }

  @Override
  public BahdanauConfig withWidth(BahdanauConfig config, int width) {
    return config.withHidden(width);
  }

  @Override
  public SequenceModel create(BahdanauConfig config, Problem problem) {
    return new Bahdanau(config, problem);
  }
}
