package seqmark.model.memory;

import seqmark.nn.ModelProvider;
import seqmark.nn.Problem;
import seqmark.nn.SequenceModel;

/** Provides {@code key-value-memory}. */
public final class KeyValueMemoryProvider implements ModelProvider<KeyValueMemoryConfig> {
  /** For ServiceLoader. */
  public KeyValueMemoryProvider() {}

  @Override
  public String id() {
    return "key-value-memory";
  }

  @Override
  public String summary() {
    return "memory found by key, read by value (Miller et al. 2016)";
  }

  @Override
  public KeyValueMemoryConfig defaults() {
    return KeyValueMemoryConfig.DEFAULTS;
  }

  @Override
  public int width(KeyValueMemoryConfig config) {
    return config.width();
  }

  @Override
  public KeyValueMemoryConfig withWidth(KeyValueMemoryConfig config, int width) {
    return config.withWidth(width);
  }

  @Override
  public SequenceModel create(KeyValueMemoryConfig config, Problem problem) {
    return KeyValueMemory.of(config, problem);
  }
}
