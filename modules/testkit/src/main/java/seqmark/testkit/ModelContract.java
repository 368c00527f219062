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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import seqmark.compute.Backend;
import seqmark.compute.CounterRandom;
import seqmark.compute.Graph;
import seqmark.compute.Reference;
import seqmark.compute.Session;
import seqmark.nn.Batch;
import seqmark.nn.ModelProvider;
import seqmark.nn.Problem;
import seqmark.nn.SequenceModel;
import seqmark.nn.Sources;
import seqmark.nn.Tokens;
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
 * What every model has to fulfil, on every backend given. A model's test extends this and names its
 * provider and some small settings.
 *
 * @param <C> the model's settings
 */
public abstract class ModelContract<C extends Record> {
  /** Extents of a small task of tokens. */
  protected static final Problem PROBLEM = Problem.of(9, 11, 16, 8);

  private static final double CLOSE = 1e-5;
  private static final int[][] SOURCES = {{3, 4, 5, 6}, {7}, {8, 3, 4}, {5, 5}};
  private static final int[][] TARGETS = {{6, 5, 4, 3}, {10, 9}, {4}, {}};

  /** For subclasses. */
  protected ModelContract() {}

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

  /** Whether logits depend on the target tokens before them; a model without that overrides it. */
  protected boolean readsTargets() {
    return true;
  }

  @FunctionalInterface
  private interface Check {
    void run(SequenceModel model, Backend backend) throws Exception;
  }

  private Stream<DynamicTest> each(Check check) {
    return backends().stream()
        .flatMap(backend ->
            settings().entrySet().stream()
                .map(e ->
                    DynamicTest.dynamicTest(
                        e.getKey() + " on " + backend.name(),
                        () -> check.run(provider().create(e.getValue(), problem()), backend))));
  }

  @Test
  void providerIsConsistent() {
    ModelProvider<C> p = provider();
    assertTrue(p.id().matches("[a-z0-9-]+"), () -> "id '" + p.id() + "': expected a-z 0-9 -");
    assertTrue(!p.summary().isBlank() && !p.summary().contains("\n"), "summary: one line");
    for (C c : settings().values()) {
      C wider = p.withWidth(c, 2 * p.width(c) + 1);
      assertEquals(2 * p.width(c) + 1, p.width(wider));
      assertTrue(parameters(p.create(wider, problem())) > parameters(p.create(c, problem())));
      C larger = p.enlarged(c, 1);
      assertEquals(p.width(c), p.width(larger));
      assertTrue(
          larger.equals(c)
              || parameters(p.create(larger, problem())) > parameters(p.create(c, problem())));
    }
    p.create(p.defaults(), problem());
  }

  private static long parameters(SequenceModel model) {
    Graph g = new Graph(false);
    model.logits(g, Batch.inputs(g, 1, 2, 3, 0));
    return g.parameterCount();
  }

  @TestFactory
  Stream<DynamicTest> logitsHaveTheRightShapeAtOddSizes() {
    return each((model, backend) -> {
      try (Session session = backend.open(1, 1)) {
        for (int[] size : new int[][] {{1, 1, 1}, {2, 3, 7}, {3, 7, 1}, {7, 1, 2}, {1, 2, 3}}) {
          float[][] source = random(size[0], size[1], problem().sourceVocabulary());
          float[][] input = random(size[0], size[2], problem().targetVocabulary());
          float[][] logits = new ModelRun(model, session, 0).logits(source, size[1], input);
          assertEquals(size[2] * problem().targetVocabulary(), logits[0].length);
          for (float[] row : logits) {
            assertTrue(IntStream.range(0, row.length).allMatch(i -> Float.isFinite(row[i])));
          }
        }
      }
    });
  }

  @TestFactory
  Stream<DynamicTest> gradientReachesEveryParameter() {
    return each((model, backend) -> {
      try (Session session = backend.open(1, 1)) {
        float[][] source = {{3, 4, 5, 6}, {7, 8}};
        float[][] input = {{1, 3, 4}, {1, 5, 6}};
        Map<String, float[]> gradients =
            new ModelRun(model, session, 0).gradients(source, 4, input);
        gradients.forEach((parameter, values) -> {
          boolean reached = IntStream.range(0, values.length).anyMatch(i -> values[i] != 0);
          assertTrue(reached, () -> "no gradient reaches " + parameter);
        });
      }
    });
  }

  @TestFactory
  Stream<DynamicTest> logitsDoNotDependOnLaterInputs() {
    return each((model, backend) -> {
      try (Session session = backend.open(1, 1)) {
        ModelRun run = new ModelRun(model, session, 0);
        float[][] source = random(2, 4, problem().sourceVocabulary());
        float[][] input = random(2, 5, problem().targetVocabulary());
        float[][] before = run.logits(source, 4, input);
        int seen = 3;
        for (float[] row : input) {
          row[seen] = Tokens.FIRST + (row[seen] - Tokens.FIRST + 1) % 2;
        }
        float[][] after = run.logits(source, 4, input);
        int same = seen * problem().targetVocabulary();
        for (int b = 0; b < 2; b++) {
          assertArrayEquals(
              Arrays.copyOf(before[b], same), Arrays.copyOf(after[b], same), "sequence " + b);
          boolean changed = !Arrays.equals(before[b], after[b]);
          assertEquals(readsTargets(), changed, "whether target inputs change logits");
        }
      }
    });
  }

  @TestFactory
  Stream<DynamicTest> paddingAndCompanyChangeNothing() {
    return each((model, backend) -> {
      try (Session session = backend.open(1, 1)) {
        ModelRun run = new ModelRun(model, session, 0);
        float[][] source = {{3, 4, 5}, {6, 7, 8, 3, 4, 5, 6}};
        float[][] input = random(2, 4, problem().targetVocabulary());
        float[][] longer = {Arrays.copyOf(input[0], 6), Arrays.copyOf(input[1], 6)};
        float[][] together = run.logits(source, 9, longer);
        for (int b = 0; b < 2; b++) {
          float[][] oneSource = {source[b]};
          float[][] oneInput = {input[b]};
          float[] alone = run.logits(oneSource, source[b].length, oneInput)[0];
          assertClose(alone, Arrays.copyOf(together[b], alone.length), "sequence " + b);
        }
      }
    });
  }

  @TestFactory
  Stream<DynamicTest> stepsEqualTheForwardPass() {
    return each((model, backend) -> {
      try (Session session = backend.open(1, 1)) {
        ModelRun run = new ModelRun(model, session, 0);
        float[][] source = {{3, 4, 5}, {6, 7, 8, 3, 4}, {5}};
        float[][] input = random(3, 6, problem().targetVocabulary());
        float[][] forced = run.logits(source, 5, input);
        float[][] stepped = run.steppedLogits(source, 5, input);
        for (int b = 0; b < 3; b++) {
          assertClose(forced[b], stepped[b], "sequence " + b);
        }
      }
    });
  }

  @TestFactory
  Stream<DynamicTest> featuresOfSourcesAreRead() {
    return settings().entrySet().stream()
        .map(e ->
            DynamicTest.dynamicTest(
                e.getKey(),
                () -> {
                  SequenceModel model = provider().create(e.getValue(), problem().withFeatures(3));
                  try (Session session = backends().getLast().open(1, 1)) {
                    assertReadsFeatures(new ModelRun(model, session, 3));
                  }
                }));
  }

  private void assertReadsFeatures(ModelRun run) {
    float[][] source = {{3, 5, 4}, {6, 7, 5, 3, 4}};
    float[][] input = random(2, 4, problem().targetVocabulary());
    float[][] forced = run.logits(source, 5, input);
    float[][] stepped = run.steppedLogits(source, 5, input);
    for (int b = 0; b < 2; b++) {
      assertClose(forced[b], stepped[b], "sequence " + b);
    }
    run.gradients(source, 5, input)
        .forEach((parameter, values) -> {
          boolean reached = IntStream.range(0, values.length).anyMatch(i -> values[i] != 0);
          assertTrue(reached, () -> "no gradient reaches " + parameter);
        });
    assertTrue(
        run.gradients(source, 5, input).keySet().stream()
            .anyMatch(p -> p.endsWith(".features") || p.endsWith(".features.weight")),
        "no parameter maps features");
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
        double loss = train(model, session, 0, 300);
        assertTrue(loss < 0.3, "loss after 300 steps on one batch: " + loss);
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

  private static double train(SequenceModel model, Session session, int from, int to) {
    Recipe recipe = new Recipe(AdamW.of(1e-2, 0.01), new Schedule.Constant(), 1, 0, 5);
    TrainingStep step = new TrainingStep(model, session, recipe);
    double loss = Double.NaN;
    for (int i = from; i < to; i++) {
      loss = step.run(i, Sources.of(SOURCES), TARGETS).loss();
    }
    return loss;
  }

  private static void assertSame(Session one, Session two) throws IOException {
    assertEquals(one.persistent(), two.persistent());
    for (String name : one.persistent().keySet()) {
      assertArrayEquals(one.read(name), two.read(name), name);
    }
  }

  private static void assertClose(float[] expected, float[] found, String what) {
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], found[i], CLOSE * Math.max(1, Math.abs(expected[i])), what);
    }
  }

  private static float[][] random(int rows, int length, int vocabulary) {
    CounterRandom random = CounterRandom.seeded(rows * 100L + length);
    float[][] ids = new float[rows][length];
    for (int i = 0; i < rows * length; i++) {
      int id = Tokens.FIRST + random.below(vocabulary - Tokens.FIRST, i);
      ids[i / length][i % length] = id;
    }
    return ids;
  }
}
