package seqmark.tasks.recall;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import seqmark.tasks.Task;
import seqmark.tasks.TaskProvider;

/**
 * A random sequence, to be given back as it is.
 *
 * <p>All of the target counts. The parts share no sequence, except those of lengths with fewer than
 * 256 different ones (with 26 letters: length 1), which all parts share.
 */
public final class Copy implements TaskProvider<SequenceConfig> {
  /** For ServiceLoader. */
  public Copy() {}

  @Override
  public String id() {
    return "copy";
  }

  @Override
  public String summary() {
    return "a random sequence, to be given back as it is";
  }

  @Override
  public SequenceConfig defaults() {
    return new SequenceConfig(26, List.of(1, 20), List.of(), 50_000, 1_000, 2_000);
  }

  @Override
  public Map<String, SequenceConfig> presets() {
    return Map.of("small", SequenceConfig.SMALL);
  }

  @Override
  public Task create(SequenceConfig config, long seed, Path folder) {
    return new SequenceTask(config, seed, int[]::clone);
  }
}
