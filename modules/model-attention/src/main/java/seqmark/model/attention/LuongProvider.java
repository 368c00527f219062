package seqmark.model.attention;

import seqmark.nn.ModelProvider;
import seqmark.nn.Problem;
import seqmark.nn.SequenceModel;

/** Provides {@code luong}. */
public final class LuongProvider implements ModelProvider<LuongConfig> {
  /** For ServiceLoader. */
  public LuongProvider() {}

  @Override
  public String id() {
    return "luong";
  }

  @Override
  public String summary() {
    return "multiplicative attention, global or local, with input feeding (Luong et al. 2015)";
  }

  @Override
  public LuongConfig defaults() {
    return LuongConfig.DEFAULTS;
  }

  @Override
  public int width(LuongConfig config) {
    return config.hidden();
  }

  @Override
  public LuongConfig withWidth(LuongConfig config, int width) {
    return config.withHidden(width);
  }

  @Override
  public SequenceModel create(LuongConfig config, Problem problem) {
    return new Luong(config, problem);
  }
}
