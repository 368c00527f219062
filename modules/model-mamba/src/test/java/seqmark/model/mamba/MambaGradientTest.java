package seqmark.model.mamba;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import seqmark.compute.Graph;
import seqmark.compute.Ops;
import seqmark.compute.Value;
import seqmark.nn.Batch;
import seqmark.nn.Problem;
import seqmark.nn.SequenceModel;
import seqmark.testkit.GradientCheck;

/** Gradients of whole models against central differences in float64. */
class MambaGradientTest {
  private static final Problem PROBLEM = Problem.of(6, 7, 5, 5);

  @TestFactory
  Stream<DynamicTest> everySetting() {
    return new MambaTest()
        .settings().entrySet().stream()
            .map(e ->
                DynamicTest.dynamicTest(
                    e.getKey(), () -> check(new Mamba(e.getValue().withDModel(5), PROBLEM))));
  }

  private static void check(SequenceModel model) {
    GradientCheck.check(g -> loss(g, model), inputs(), 12);
  }

  private static Value loss(Graph g, SequenceModel model) {
    Batch batch = Batch.inputs(g, 2, 4, 3, 0);
    Value logits = model.logits(g, batch);
    return Ops.sum(Ops.crossEntropy(logits, batch.target(), batch.mask(), 0.1));
  }

  private static Map<String, double[]> inputs() {
    return Map.of(
        "source", new double[] {3, 4, 5, 3, 5, 4, 0, 0},
        "source.mask", new double[] {1, 1, 1, 1, 1, 1, 0, 0},
        "target.in", new double[] {1, 3, 4, 1, 5, 0},
        "target.out", new double[] {3, 4, 2, 5, 2, 0},
        "target.mask", new double[] {1, 1, 1, 1, 1, 0},
        "random", new double[] {12345, 678});
  }
}
