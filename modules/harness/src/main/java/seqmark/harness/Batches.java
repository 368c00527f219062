package seqmark.harness;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
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

  private final Part examples;
  private final int size;
  private final CounterRandom random;
  private int epoch = -1;

  /** Positions of examples, batch after batch. */
  private int[] order = {};

  /** Numbers of batches. */
  private int[] batches = {};

  /** Batches of {@code size} examples; there must be that many examples. */
  Batches(Part examples, int size, long seed) {
    this.examples = examples;
    this.size = size;
    this.random = CounterRandom.seeded(seed).fork("order");
  }

  /** The batch of a training step that counts from 0. */
  List<Example> at(int step) {
    int perEpoch = examples.size() / size;
    if (step / perEpoch != epoch) {
      epoch = step / perEpoch;
      arrange(random.fork(epoch));
    }
    int start = batches[step % perEpoch] * size;
    return Arrays.stream(order, start, start + size).mapToObj(examples::get).toList();
  }

  private void arrange(CounterRandom draws) {
    order = shuffled(examples.size(), draws.fork("examples"));
    int whole = examples.size() / size * size;
    for (int start = 0; start < whole; start += POOL * size) {
      sort(start, Math.min(whole, start + POOL * size));
    }
    batches = shuffled(examples.size() / size, draws.fork("batches"));
  }

  private void sort(int from, int to) {
    int[] sorted = examples.byLength(Arrays.copyOfRange(order, from, to));
    System.arraycopy(sorted, 0, order, from, sorted.length);
  }

  /** The numbers below {@code count} in an order by Fisher and Yates's shuffle. */
  private static int[] shuffled(int count, CounterRandom draws) {
    int[] numbers = IntStream.range(0, count).toArray();
    for (int i = count - 1; i > 0; i--) {
      int moved = numbers[i];
      int j = draws.below(i + 1, i);
      numbers[i] = numbers[j];
      numbers[j] = moved;
    }
    return numbers;
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
  static List<List<Integer>> byLength(Part examples, int size) {
    List<Integer> positions = Arrays.stream(examples.byLength()).boxed().toList();
    List<List<Integer>> batches = new ArrayList<>();
    for (int i = 0; i < positions.size(); i += size) {
      batches.add(positions.subList(i, Math.min(positions.size(), i + size)));
    }
    return batches;
  }
}
