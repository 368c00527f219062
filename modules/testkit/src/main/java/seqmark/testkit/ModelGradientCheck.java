package seqmark.testkit;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import seqmark.compute.Graph;
import seqmark.compute.Ops;
import seqmark.compute.Value;
import seqmark.nn.Batch;
import seqmark.nn.ModelProvider;
import seqmark.nn.Problem;
import seqmark.nn.SequenceModel;

/**
 * Compares the gradient of a model's loss by every parameter with central differences, dropout on
 * and one sequence padded on both sides: {@link GradientCheck} of whole models.
 */
public final class ModelGradientCheck {
  private static final int ELEMENTS = 8;
  private static final Problem APART = Problem.of(6, 7, 5, 5);

  /** Source and target of the same symbols, and features beside the source. */
  private static final Problem SHARED = new Problem(7, 7, 5, 5, true, 2, 0);

  private ModelGradientCheck() {}

  /**
   * A check of each of these settings, with and without features.
   *
   * @param width the models' main width, small enough to be fast
   */
  public static <C extends Record> Stream<DynamicTest> of(
      ModelProvider<C> provider, Map<String, C> settings, int width) {
    return settings.entrySet().stream()
        .flatMap(e -> {
          C small = provider.withWidth(e.getValue(), width);
          return Stream.of(
              check(e.getKey(), provider.create(small, APART), 0),
              check(e.getKey() + ", with features", provider.create(small, SHARED), 2));
        });
  }

  private static DynamicTest check(String name, SequenceModel model, int features) {
    return DynamicTest.dynamicTest(
        name, () -> GradientCheck.check(g -> loss(g, model, features), inputs(features), ELEMENTS));
  }

  private static Value loss(Graph g, SequenceModel model, int features) {
    Batch batch = Batch.inputs(g, 2, 4, 3, features);
    Value logits = model.logits(g, batch);
    return Ops.sum(Ops.crossEntropy(logits, batch.target(), batch.mask(), 0.1));
  }

  private static Map<String, double[]> inputs(int features) {
    Map<String, double[]> inputs = new HashMap<>();
    inputs.put("source", new double[] {3, 4, 5, 3, 5, 4, 0, 0});
    inputs.put("source.mask", new double[] {1, 1, 1, 1, 1, 1, 0, 0});
    inputs.put("target.in", new double[] {1, 3, 4, 1, 5, 0});
    inputs.put("target.out", new double[] {3, 4, 2, 5, 2, 0});
    inputs.put("target.mask", new double[] {1, 1, 1, 1, 1, 0});
    inputs.put("random", new double[] {12345, 678});
    if (features > 0) {
      inputs.put(
          "source.features",
          IntStream.range(0, 8 * features).mapToDouble(i -> 0.3 * (i % 5) - 0.5).toArray());
    }
    return inputs;
  }
}
