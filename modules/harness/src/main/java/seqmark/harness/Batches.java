package seqmark.harness;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import seqmark.compute.CounterRandom;
import seqmark.nn.Sources;
import seqmark.tasks.Example;

/**
 * Which examples a training step sees: a pure function of the examples, their seed, the batch size
 * and the step, and so the same for every model.
 *
 * <p>Each epoch shuffles the examples, sorts them by length within pools of {@value #POOL} batches,
 * so that little of a batch is padding, cuts the pools into batches and shuffles those. What is
 * left over after the last whole batch sits out that epoch.
 */
final class Batches {
  private static final int POOL = 50;
  private static final Comparator<Example> BY_LENGTH =
      Comparator.<Example>comparingInt(e -> e.source().length)
          .thenComparingInt(e -> e.target().length);

  private final List<Example> examples;
  private final int size;
  private final CounterRandom random;
  private int epoch = -1;
  private List<List<Example>> order = List.of();

  /** Batches of {@code size} examples; there must be that many examples. */
  Batches(List<Example> examples, int size, long seed) {
    this.examples = examples;
    this.size = size;
    this.random = CounterRandom.seeded(seed).fork("order");
  }

  /** The batch of a training step that counts from 0. */
  List<Example> at(int step) {
    int perEpoch = examples.size() / size;
    if (step / perEpoch != epoch) {
      epoch = step / perEpoch;
      order = epoch(random.fork(epoch));
    }
    return order.get(step % perEpoch);
  }

  private List<List<Example>> epoch(CounterRandom draws) {
    List<Example> shuffled = new ArrayList<>(examples);
    shuffle(shuffled, draws.fork("examples"));
    int whole = examples.size() / size * size;
    List<List<Example>> batches = new ArrayList<>();
    for (int start = 0; start < whole; start += POOL * size) {
      List<Example> pool = shuffled.subList(start, Math.min(whole, start + POOL * size));
      pool.sort(BY_LENGTH);
      for (int i = 0; i < pool.size(); i += size) {
        batches.add(List.copyOf(pool.subList(i, i + size)));
      }
    }
    shuffle(batches, draws.fork("batches"));
    return batches;
  }

  /** Fisher and Yates's shuffle. */
  private static <T> void shuffle(List<T> list, CounterRandom draws) {
    for (int i = list.size() - 1; i > 0; i--) {
      T moved = list.get(i);
      int j = draws.below(i + 1, i);
      list.set(i, list.get(j));
      list.set(j, moved);
    }
  }

  /** The sources of a batch. */
  static Sources sources(List<Example> batch) {
    boolean plain = batch.stream().allMatch(e -> e.features().length == 0);
    boolean asked = batch.stream().anyMatch(e -> e.asked().length > 0);
    return new Sources(
        batch.stream().map(Example::source).toArray(int[][]::new),
        plain ? List.of() : batch.stream().map(Example::features).toList(),
        asked ? batch.stream().map(Example::asked).toList() : List.of());
  }

  /** The targets of a batch as arrays. */
  static int[][] targets(List<Example> batch) {
    return batch.stream().map(Example::target).toArray(int[][]::new);
  }

  /**
   * Examples in batches by length, the order in which they are evaluated: positions in the list.
   */
  static List<List<Integer>> byLength(List<Example> examples, int size) {
    List<Integer> positions = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      positions.add(i);
    }
    positions.sort(Comparator.comparing(examples::get, BY_LENGTH));
    List<List<Integer>> batches = new ArrayList<>();
    for (int i = 0; i < positions.size(); i += size) {
      batches.add(positions.subList(i, Math.min(positions.size(), i + size)));
    }
    return batches;
  }
}
