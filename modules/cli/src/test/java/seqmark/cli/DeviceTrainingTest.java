package seqmark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import seqmark.compute.Backend;
import seqmark.compute.CounterRandom;
import seqmark.compute.Session;
import seqmark.harness.Registry;
import seqmark.nn.ModelProvider;
import seqmark.nn.Problem;
import seqmark.nn.SequenceModel;
import seqmark.nn.Sources;
import seqmark.nn.train.AdamW;
import seqmark.nn.train.Recipe;
import seqmark.nn.train.Schedule;
import seqmark.nn.train.TrainingStep;

/**
 * Every built-in model learns on a device what it learns on the CPU: step by step the same loss.
 */
class DeviceTrainingTest {
  private static final int STEPS = 50;
  private static final double RELATIVE = 1e-3;
  private static final long SEED = 7;
  private static final int SMALLEST_WIDTH = 16;
  private static final int BATCH = 4;
  private static final Problem PROBLEM = Problem.of(9, 11, 16, 8);
  private static final Registry REGISTRY = Registry.builtIn();

  @TestFactory
  Stream<DynamicTest> everyModelLearnsAsOnTheCpu() {
    Backend device = backend("tornado");
    return REGISTRY.models().stream()
        .map(m -> DynamicTest.dynamicTest(m.id(), () -> compare(small(m), device)));
  }

  private static Backend backend(String name) {
    return REGISTRY.backends().stream()
        .filter(b -> b.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Of the least width that it takes. */
  private static <C extends Record> SequenceModel small(ModelProvider<C> provider) {
    IllegalArgumentException refused = null;
    for (int width = SMALLEST_WIDTH; width < 4 * SMALLEST_WIDTH; width++) {
      try {
        return provider.create(provider.withWidth(provider.defaults(), width), PROBLEM);
      } catch (IllegalArgumentException e) {
        refused = e;
      }
    }
    throw refused;
  }

  private static void compare(SequenceModel model, Backend device) {
    device.missing().ifPresent(why -> assumeTrue(false, "backend tornado is not there: " + why));
    try (Session there = device.open(SEED, 1);
        Session here = backend("cpu").open(SEED, 1)) {
      Recipe recipe = new Recipe(AdamW.of(3e-3, 0.01), new Schedule.Constant(), 1, 0.1, SEED);
      TrainingStep found = new TrainingStep(model, there, recipe);
      TrainingStep expected = new TrainingStep(model, here, recipe);
      for (int step = 0; step < STEPS; step++) {
        int[][] sources = sequences(9, "source", step);
        int[][] targets = sequences(11, "target", step);
        double loss = expected.run(step, Sources.of(sources), targets).loss();
        double other = found.run(step, Sources.of(sources), targets).loss();
        assertTrue(Double.isFinite(loss), "loss of step " + step + " on the CPU: " + loss);
        assertEquals(loss, other, RELATIVE * loss, "loss of step " + step);
      }
    }
  }

  /** Of several lengths, so that the shape changes from step to step. */
  private static int[][] sequences(int vocabulary, String what, int step) {
    CounterRandom random = CounterRandom.seeded(step).fork(what);
    return IntStream.range(0, BATCH)
        .mapToObj(b ->
            IntStream.range(0, 1 + random.below(6, b))
                .map(i -> 3 + random.below(vocabulary - 3, 100 + 10 * b + i))
                .toArray())
        .toArray(int[][]::new);
  }
}
