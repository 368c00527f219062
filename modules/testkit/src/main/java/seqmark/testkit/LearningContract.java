package seqmark.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import seqmark.compute.Backend;
import seqmark.compute.Reference;
import seqmark.compute.Session;
import seqmark.nn.Labeller;
import seqmark.nn.ModelProvider;
import seqmark.nn.Problem;
import seqmark.nn.SequenceModel;
import seqmark.nn.Sources;
import seqmark.nn.decode.Generated;
import seqmark.nn.decode.Generator;
import seqmark.nn.decode.Search;
import seqmark.nn.io.Checkpoint;
import seqmark.nn.io.Safetensors;
import seqmark.nn.train.AdamW;
import seqmark.nn.train.Recipe;
import seqmark.nn.train.Schedule;
import seqmark.nn.train.TrainingStep;

/**
 * What every model has to fulfil when it learns: the part of {@link ModelContract} that trains.
 *
 * @param <C> the model's settings
 */
abstract class LearningContract<C extends Record> {
  /** Extents of a small task of tokens. */
  protected static final Problem PROBLEM = Problem.of(9, 11, 16, 8);

  static final double CLOSE = 1e-5;
  private static final int[][] SOURCES = {{3, 4, 5, 6}, {7}, {8, 3, 4}, {5, 5}};
  private static final int[][] TARGETS = {{6, 5, 4, 3}, {10, 9}, {4}, {}};
  private static final Sources ASKED =
      new Sources(
          SOURCES,
          List.of(),
          List.of(new int[] {0, 2}, new int[] {0}, new int[] {1, 2}, new int[] {1}));
  private static final int[][] ANSWERS = {{6, 5}, {10}, {4, 7}, {9}};

  /** For subclasses. */
  protected LearningContract() {}

  /** The provider under test. */
  protected abstract ModelProvider<C> provider();

  /** Settings to test, by a name for the test's report; widths of about 16 keep it fast. */
  protected abstract Map<String, C> settings();

  /** The task's extents; a test that overrides it keeps these vocabularies and lengths. */
  protected Problem problem() {
    return PROBLEM;
  }

  /** Where models run. */
  protected List<Backend> backends() {
    return List.of(new Reference());
  }

  @FunctionalInterface
  interface Check {
    void run(SequenceModel model, Backend backend) throws Exception;
  }

  final Stream<DynamicTest> each(Check check) {
    return backends().stream()
        .flatMap(backend ->
            settings().entrySet().stream()
                .map(e ->
                    DynamicTest.dynamicTest(
                        e.getKey() + " on " + backend.name(),
                        () -> check.run(provider().create(e.getValue(), problem()), backend))));
  }

  /** The same for models that answer at source positions, built for a task that asks there. */
  final Stream<DynamicTest> labellers(Check check) {
    Problem asking = problem().asking();
    return backends().stream()
        .flatMap(backend ->
            settings().entrySet().stream()
                .filter(e -> provider().create(e.getValue(), asking) instanceof Labeller)
                .map(e ->
                    DynamicTest.dynamicTest(
                        e.getKey() + " on " + backend.name(),
                        () -> check.run(provider().create(e.getValue(), asking), backend))));
  }

  @TestFactory
  Stream<DynamicTest> sameSeedGivesTheSameBits() {
    return each((model, backend) -> {
      try (Session one = backend.open(7, 1);
          Session two = backend.open(7, 2)) {
        train(model, one, 0, 3);
        train(model, two, 0, 3);
        assertSame(one, two);
      }
    });
  }

  @TestFactory
  Stream<DynamicTest> savedAndLoadedGoesOnWithTheSameBits() {
    return each((model, backend) -> {
      Path file = Files.createTempFile("contract", ".safetensors");
      try (Session one = backend.open(7, 1);
          Session two = backend.open(8, 1)) {
        train(model, one, 0, 2);
        Safetensors.write(file, Checkpoint.of(one, Map.of("step", "2")));
        Safetensors.read(file).restore(two);
        assertSame(one, two);
        // The reference computes in float64 and would go on from more digits than were saved.
        Safetensors.read(file).restore(one);
        train(model, one, 2, 4);
        train(model, two, 2, 4);
        assertSame(one, two);
      } finally {
        Files.delete(file);
      }
    });
  }

  @TestFactory
  Stream<DynamicTest> overfitsOneBatchAndWritesItDown() {
    return each((model, backend) -> {
      try (Session session = backend.open(3, 1)) {
        double loss = train(model, session, Sources.of(SOURCES), TARGETS, 0, 300);
        assertTrue(loss < 0.3, "loss at the end of 300 steps on one batch: " + loss);
        List<Generated> greedy = generate(model, session, 1);
        List<Generated> beam = generate(model, session, 3);
        for (int i = 0; i < SOURCES.length; i++) {
          assertArrayEquals(TARGETS[i], greedy.get(i).tokens(), "target " + i);
          assertAttention(greedy.get(i), SOURCES[i].length);
          double gain = beam.get(i).logProbability() - greedy.get(i).logProbability();
          assertTrue(gain > -CLOSE, "beam search found something less likely: " + gain);
        }
      }
    });
  }

  private static List<Generated> generate(SequenceModel model, Session session, int beam) {
    return new Generator(model, session, new Search(beam, 0, 8)).generate(Sources.of(SOURCES));
  }

  private static void assertAttention(Generated output, int sourceLength) {
    output
        .attention()
        .ifPresent(rows -> {
          assertEquals(output.tokens().length, rows.length);
          for (float[] row : rows) {
            assertEquals(sourceLength, row.length);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> labelsWhatItHasLearnt() {
    return labellers((model, backend) -> {
      try (Session session = backend.open(3, 1)) {
        double loss = train(model, session, ASKED, ANSWERS, 0, 300);
        assertTrue(loss < 0.3, "loss at the end of 300 steps on one batch: " + loss);
        List<Generated> labels = new Generator(model, session, Search.greedy(8)).generate(ASKED);
        for (int i = 0; i < ANSWERS.length; i++) {
          assertArrayEquals(ANSWERS[i], labels.get(i).tokens(), "sequence " + i);
        }
      }
    });
  }

  private static void train(SequenceModel model, Session session, int from, int to) {
    train(model, session, Sources.of(SOURCES), TARGETS, from, to);
  }

  /** Gives the median of the last losses: dropout may hide just what one batch is known by. */
  private static double train(
      SequenceModel model, Session session, Sources sources, int[][] targets, int from, int to) {
    Recipe recipe = new Recipe(AdamW.of(1e-2, 0.01), new Schedule.Constant(), 1, 0, 5);
    TrainingStep step = new TrainingStep(model, session, recipe);
    double[] losses = new double[to - from];
    for (int i = from; i < to; i++) {
      losses[i - from] = step.run(i, sources, targets).loss();
    }
    double[] last = Arrays.copyOfRange(losses, Math.max(0, losses.length - 10), losses.length);
    Arrays.sort(last);
    return last[last.length / 2];
  }

  private static void assertSame(Session one, Session two) throws IOException {
    assertEquals(one.persistent(), two.persistent());
    for (String name : one.persistent().keySet()) {
      assertArrayEquals(one.read(name), two.read(name), name);
    }
  }
}
