package seqmark.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import seqmark.nn.Tokens;
import seqmark.tasks.Answer;
import seqmark.tasks.DataHash;
import seqmark.tasks.Example;
import seqmark.tasks.Metric;
import seqmark.tasks.Split;
import seqmark.tasks.Task;
import seqmark.tasks.Vocabulary;

/** What every task has to fulfil: extend it in a test and say how the task is made. */
public abstract class TaskContract {
  /** So many examples of a part are looked at where looking at all of them would take long. */
  private static final int SAMPLE = 500;

  private static final long SEED = 1;

  /** For subclasses. */
  protected TaskContract() {}

  /** Makes the task anew, with the same parameters in every call. */
  protected abstract Task task(long seed);

  /**
   * Whether several parts may have this source, because there are too few like it to be divided.
   *
   * @param source ids of the source vocabulary
   */
  protected boolean mayBeShared(int[] source) {
    return false;
  }

  /** Finds the right answer to a question: an example whose target and references are empty. */
  protected interface Oracle {
    /** The answer, ids without special tokens. */
    int[] answer(Task task, Example question);
  }

  /**
   * Answers from the source alone, in another way than the task's own; empty where the world
   * decides what is right, as in a dictionary.
   */
  protected abstract Optional<Oracle> oracle();

  @Test
  void theOracleIsAlwaysRight() {
    Optional<Oracle> oracle = oracle();
    assumeTrue(oracle.isPresent(), "what is right cannot be computed");
    Task task = task(SEED);
    for (Split split : Split.values()) {
      for (Example e : sample(task, split)) {
        Example question = new Example(e.source(), new int[0], List.of(), e.features(), e.asked());
        int[] answer = oracle.orElseThrow().answer(task, question);
        assertArrayEquals(e.target(), answer, () -> task.source().text(e.source()));
      }
    }
  }

  @Test
  void examplesDoNotDependOnTheOrderOfCalls() {
    Task forward = task(SEED);
    Task backward = task(SEED);
    for (Split split : Split.values()) {
      assertEquals(forward.size(split), backward.size(split));
      List<Example> expected = sample(forward, split);
      for (int i = expected.size() - 1; i >= 0; i--) {
        assertSame(expected.get(i), backward.example(split, i));
      }
    }
  }

  @Test
  void examplesDoNotDependOnThreads() {
    Task alone = task(SEED);
    Task together = task(SEED);
    for (Split split : Split.values()) {
      List<Example> expected = sample(alone, split);
      IntStream.range(0, expected.size())
          .parallel()
          .forEach(i -> assertSame(expected.get(i), together.example(split, i)));
    }
  }

  @Test
  void theHashIsThatOfTheData() {
    List<String> hashes = hashes(task(SEED));
    assertEquals(hashes, hashes(task(SEED)));
    assertEquals(hashes.size(), hashes.stream().distinct().count(), "parts have the same data");
  }

  private static List<String> hashes(Task task) {
    return Stream.of(Split.values()).map(split -> DataHash.of(task, split)).toList();
  }

  @Test
  void partsShareNoSource() {
    Task task = task(SEED);
    Map<IntBuffer, Split> seen = new HashMap<>();
    for (Split split : Split.values()) {
      for (int i = 0; i < task.size(split); i++) {
        int[] source = task.example(split, i).source();
        if (!mayBeShared(source)) {
          Split first = seen.putIfAbsent(IntBuffer.wrap(source), split);
          assertTrue(
              first == null || first == split,
              () -> task.source().text(source) + " is in " + first + " and in " + split);
        }
      }
    }
  }

  @Test
  void idsAreThoseOfTheVocabularies() {
    Task task = task(SEED);
    for (Split split : Split.values()) {
      assertTrue(task.size(split) > 0, split + " is empty");
      for (int i = 0; i < task.size(split); i++) {
        assertOwnSymbols(task.example(split, i), task);
      }
    }
  }

  private static void assertOwnSymbols(Example example, Task task) {
    assertOwnSymbols(example.source(), task.source());
    assertOwnSymbols(example.target(), task.target());
    List<int[]> known = example.references().stream().filter(r -> !hasUnknown(r)).toList();
    known.forEach(r -> assertOwnSymbols(r, task.target()));
    assertTrue(
        known.size() < example.references().size()
            || known.stream().anyMatch(r -> Arrays.equals(r, example.target())),
        "the target is no reference");
  }

  private static void assertOwnSymbols(int[] sequence, Vocabulary vocabulary) {
    assertTrue(sequence.length > 0, "empty sequence");
    for (int id : sequence) {
      assertTrue(
          id >= Tokens.FIRST && id < vocabulary.size(),
          () -> "id " + id + ", expected " + Tokens.FIRST + " to " + (vocabulary.size() - 1));
    }
  }

  @Test
  void metricsHaveNames() {
    List<String> names = task(SEED).metrics().stream().map(Metric::name).toList();
    assertFalse(names.isEmpty());
    assertEquals(names.size(), names.stream().distinct().count(), names.toString());
  }

  @Test
  void theTargetScoresPerfectly() {
    Task task = task(SEED);
    for (Metric metric : task.metrics()) {
      double perfect = metric.higherIsBetter() ? 1 : 0;
      assertEquals(perfect, score(task, metric, target -> target), 1e-12, metric.name());
    }
  }

  @Test
  void wrongAnswersScoreWorse() {
    Task task = task(SEED);
    for (Metric metric : task.metrics()) {
      double perfect = score(task, metric, target -> target);
      assertWorse(metric, perfect, score(task, metric, TaskContract::oneTooMuch));
      assertWorse(metric, perfect, score(task, metric, target -> new int[0]));
    }
  }

  private static int[] oneTooMuch(int[] target) {
    int[] longer = Arrays.copyOf(target, target.length + 1);
    longer[target.length] = target[0];
    return longer;
  }

  private static void assertWorse(Metric metric, double perfect, double wrong) {
    assertTrue(
        metric.higherIsBetter() ? wrong < perfect : wrong > perfect,
        () ->
            metric.name() + " is " + wrong + " for wrong answers, " + perfect + " for right ones");
  }

  @Test
  void sumsOfPartsAddUp() {
    Task task = task(SEED);
    int size = sampleSize(task, Split.TEST);
    for (Metric metric : task.metrics()) {
      double[] whole = sums(task, metric, 0, size, TaskContract::oneTooMuch);
      double[] first = sums(task, metric, 0, size / 3, TaskContract::oneTooMuch);
      double[] second = sums(task, metric, size / 3, size, TaskContract::oneTooMuch);
      for (int i = 0; i < whole.length; i++) {
        first[i] += second[i];
      }
      assertArrayEquals(whole, first, 1e-9, metric.name());
    }
  }

  private static double score(Task task, Metric metric, UnaryOperator<int[]> answer) {
    return metric.value(sums(task, metric, 0, sampleSize(task, Split.TEST), answer));
  }

  /** Leaves out what no model can get right: targets with symbols outside the vocabulary. */
  private static double[] sums(
      Task task, Metric metric, int from, int to, UnaryOperator<int[]> answer) {
    double[] sums = new double[metric.terms()];
    for (int i = from; i < to; i++) {
      Example example = task.example(Split.TEST, i);
      if (example.references().stream().noneMatch(TaskContract::hasUnknown)) {
        metric.count(example, likely(example, answer.apply(example.target())), sums);
      }
    }
    return sums;
  }

  /** With the likelihood of one who is sure, for right answers; of one who guesses, for others. */
  private static Answer likely(Example example, int[] tokens) {
    boolean right = Arrays.equals(example.target(), tokens);
    return new Answer(tokens, right ? 0 : example.target().length);
  }

  private static List<Example> sample(Task task, Split split) {
    return IntStream.range(0, sampleSize(task, split))
        .mapToObj(i -> task.example(split, i))
        .toList();
  }

  private static int sampleSize(Task task, Split split) {
    return Math.min(SAMPLE, task.size(split));
  }

  private static boolean hasUnknown(int[] reference) {
    return Arrays.stream(reference).anyMatch(id -> id < 0);
  }

  private static void assertSame(Example expected, Example actual) {
    assertArrayEquals(expected.source(), actual.source());
    assertArrayEquals(expected.target(), actual.target());
    assertArrayEquals(
        expected.references().toArray(int[][]::new), actual.references().toArray(int[][]::new));
    assertArrayEquals(expected.features(), actual.features());
    assertArrayEquals(expected.asked(), actual.asked());
  }
}
