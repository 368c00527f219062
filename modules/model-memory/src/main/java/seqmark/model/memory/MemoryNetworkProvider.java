package seqmark.model.memory;

import seqmark.nn.ModelProvider;
import seqmark.nn.Problem;
import seqmark.nn.SequenceModel;

/** Provides {@code memory-network}. */
public final class MemoryNetworkProvider implements ModelProvider<MemoryNetworkConfig> {
  /** For ServiceLoader. */
  public MemoryNetworkProvider() {}

  @Override
  public String id() {
    return "memory-network";
  }

  @Override
  public String summary() {
    return "end-to-end memory network: hops over sentences or tokens (Sukhbaatar et al. 2015)";
  }

  @Override
  public MemoryNetworkConfig defaults() {
    return MemoryNetworkConfig.DEFAULTS;
  }

  @Override
  public int width(MemoryNetworkConfig config) {
    return config.width();
  }

  @Override
  public MemoryNetworkConfig withWidth(MemoryNetworkConfig config, int width) {
    return config.withWidth(width);
  }

  @Override
  public SequenceModel create(MemoryNetworkConfig config, Problem problem) {
    return MemoryNetwork.of(config, problem);
  }
}
