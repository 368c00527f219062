package seqmark.tasks.recall;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import seqmark.tasks.Task;
import seqmark.tasks.TaskProvider;

/**
 * A random sequence, to be given back from its end to its start.
 *
 * <p>All of the target counts. The parts share no sequence, except those of lengths with fewer than
 * 256 different ones (with 26 letters: length 1), which all parts share.
 */
public final class Reverse implements TaskProvider<SequenceConfig> {
  /** For ServiceLoader. */
  public Reverse() {}

  @Override
  public String id() {
    return "reverse";
  }

  @Override
  public String summary() {
    return "a random sequence, to be given back from end to start";
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
    return new SequenceTask(config, seed, Reverse::reversed);
  }

  private static int[] reversed(int[] source) {
    int[] reversed = new int[source.length];
    for (int i = 0; i < source.length; i++) {
      reversed[i] = source[source.length - 1 - i];
    }
    return reversed;
  }
}
