package seqmark.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import seqmark.compute.CounterRandom;
import seqmark.compute.Graph;
import seqmark.compute.Session;
import seqmark.nn.Batch;
import seqmark.nn.ModelProvider;
import seqmark.nn.SequenceModel;
import seqmark.nn.Tokens;

/**
 * What every model has to fulfil, on every backend given. A model's test extends this and names its
 * provider and some small settings.
 *
 * @param <C> the model's settings
 */
public abstract class ModelContract<C extends Record> extends LearningContract<C> {
  /** For subclasses. */
  protected ModelContract() {}

  /** Whether a label depends on later source tokens; a bidirectional model overrides it. */
  protected boolean labelsSeeAhead() {
    return false;
  }

  /** Whether logits depend on the target tokens before them; a model without that overrides it. */
  protected boolean readsTargets() {
    return true;
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
  Stream<DynamicTest> labelsSeeAheadOnlyIfTheModelSaysSo() {
    return labellers((model, backend) -> {
      try (Session session = backend.open(1, 1)) {
        ModelRun run = new ModelRun(model, session, 0);
        float[][] source = random(2, 6, problem().sourceVocabulary());
        float[][] before = run.labels(source, 6);
        int seen = 4;
        for (float[] row : source) {
          row[seen] = Tokens.FIRST + (row[seen] - Tokens.FIRST + 1) % 2;
        }
        float[][] after = run.labels(source, 6);
        int same = seen * problem().targetVocabulary();
        for (int b = 0; b < 2; b++) {
          float[] earlier = Arrays.copyOf(before[b], same);
          boolean changed = !Arrays.equals(earlier, Arrays.copyOf(after[b], same));
          assertEquals(labelsSeeAhead(), changed, "whether a later token changes labels");
          assertTrue(!Arrays.equals(before[b], after[b]), "sources change nothing at all");
        }
      }
    });
  }

  @TestFactory
  Stream<DynamicTest> labelsDoNotDependOnPaddingAndCompany() {
    return labellers((model, backend) -> {
      try (Session session = backend.open(1, 1)) {
        ModelRun run = new ModelRun(model, session, 0);
        float[][] source = {{3, 4, 5}, {6, 7, 8, 3, 4, 5, 6}};
        float[][] together = run.labels(source, 9);
        for (int b = 0; b < 2; b++) {
          float[] alone = run.labels(new float[][] {source[b]}, source[b].length)[0];
          assertEquals(source[b].length * problem().targetVocabulary(), alone.length);
          assertClose(alone, Arrays.copyOf(together[b], alone.length), "sequence " + b);
        }
      }
    });
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
