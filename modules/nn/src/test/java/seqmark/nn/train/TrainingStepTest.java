package seqmark.nn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import seqmark.compute.Reference;
import seqmark.compute.Session;
import seqmark.compute.Shape;
import seqmark.nn.Sources;
import seqmark.nn.ToyModel;

class TrainingStepTest {
  private static final int V = 5;
  private static final Sources SOURCES = Sources.of(new int[] {3}, new int[] {4, 4});
  private static final int[][] TARGETS = {{3, 4}, {}};

  private final Session session = new Reference().open(1, 1);

  private TrainingStep step(double clip, double smoothing, double decay) {
    Recipe recipe = new Recipe(AdamW.of(0.1, decay), new Schedule.Constant(), clip, smoothing, 1);
    return new TrainingStep(new ToyModel(V), session, recipe);
  }

  private void setTable(float value) {
    session.write("table", Shape.of(V, V), filled(value));
    session.write("bias", Shape.of(V, V), filled(0));
  }

  private static float[] filled(float value) {
    float[] values = new float[V * V];
    java.util.Arrays.fill(values, value);
    return values;
  }

  @Test
  void theLossIsTheMeanPerTokenEndsIncluded() {
    setTable(0);
    TrainingStep.Report report = step(0, 0, 0).run(0, SOURCES, TARGETS);
    assertEquals(Math.log(V), report.loss(), 1e-6);
    assertEquals(4, report.tokens());
    assertTrue(report.finite());
  }

  @Test
  void evaluationAgreesWithTheTrainingLoss() {
    Evaluation.Loss loss =
        new Evaluation(new ToyModel(V), session).loss(SOURCES, TARGETS).plus(Evaluation.Loss.NONE);
    assertEquals(step(0, 0, 0).run(0, SOURCES, TARGETS).loss(), loss.perToken(), 1e-6);
  }

  @Test
  void theFirstStepOfAdamMovesEveryReachedWeightByTheLearningRate() {
    setTable(0);
    step(0, 0, 0).run(0, SOURCES, TARGETS);
    float[] table = session.read("table");
    int bos = V;
    assertEquals(0.1, table[bos + 3], 1e-4, "target after BOS goes up");
    assertEquals(-0.1, table[bos + 4], 1e-4, "another token goes down");
    assertEquals(0, table[2 * V], "rows not looked up stay");
  }

  @Test
  void lookupTablesDoNotDecay() {
    setTable(1);
    step(0, 0, 0.5).run(0, SOURCES, TARGETS);
    assertEquals(1, session.read("table")[2 * V]);
  }

  @Test
  void theNormIsThatBeforeClippingAndClippingIsOff() {
    setTable(0);
    double norm = step(0, 0, 0).run(0, SOURCES, TARGETS).gradientNorm();
    setTable(0);
    assertEquals(norm, step(1e-3, 0, 0).run(0, SOURCES, TARGETS).gradientNorm(), 1e-7);
  }

  @Test
  void divergenceIsReported() {
    setTable(Float.NaN);
    TrainingStep step = step(1, 0, 0);
    assertFalse(step.run(0, SOURCES, TARGETS).finite());
    assertEquals("lookup", step.firstNonFinite(0, SOURCES, TARGETS).orElseThrow().op().name());
  }

  @Test
  void costsAreKnownBeforeTheFirstStep() {
    Footprint f = step(0, 0, 0).footprint(new Extents(2, 2, 3));
    assertEquals(2 * V * V, f.parameters());
    assertTrue(f.step().flops() > 0);
    assertTrue(f.peakBytes() >= 3L * f.parameters() * Float.BYTES, "weights and two moments");
  }

  @Test
  void anUnevenBatchIsRefused() {
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> step(0, 0, 0).run(0, SOURCES, new int[1][0]));
    assertEquals(
        "batch: expected as many targets as sources and at least one, found 2 and 1",
        e.getMessage());
  }
}
