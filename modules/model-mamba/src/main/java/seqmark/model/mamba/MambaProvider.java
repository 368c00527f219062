package seqmark.model.mamba;

import seqmark.nn.ModelProvider;
import seqmark.nn.Problem;
import seqmark.nn.SequenceModel;

/** Provides {@code mamba}. */
public final class MambaProvider implements ModelProvider<MambaConfig> {
  /** For ServiceLoader. */
  public MambaProvider() {}

  @Override
  public String id() {
    return "mamba";
  }

  @Override
  public String summary() {
    return "selective state spaces, one stream of source and target (Gu and Dao 2023)";
  }

  @Override
  public MambaConfig defaults() {
    return MambaConfig.DEFAULTS;
  }

  @Override
  public int width(MambaConfig config) {
    return config.dModel();
  }

  @Override
  public MambaConfig withWidth(MambaConfig config, int width) {
    return config.withDModel(width);
  }

  @Override
  public SequenceModel create(MambaConfig config, Problem problem) {
    return new Mamba(config, problem);
  }
}
