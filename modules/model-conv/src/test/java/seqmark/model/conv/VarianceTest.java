package seqmark.model.conv;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seqmark.compute.Graph;
import seqmark.compute.Reference;
import seqmark.compute.Value;
import seqmark.nn.Batch;
import seqmark.nn.Problem;

/** What the paper's scales are for: an untrained net of any depth keeps the size of its inputs. */
class VarianceTest {
  private static final int LENGTH = 30;

  /** Of a token's and a position's vectors, each with a standard deviation of 0.1. */
  private static final double EMBEDDED = 0.02;

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3})
  void tenLayersKeepTheVarianceOfEmbeddings(double dropout) {
    var config = new ConvSeq2SeqConfig(48, 32, 10, 3, dropout);
    var problem = Problem.of(40, 50, LENGTH, LENGTH);
    Graph g = new Graph(true);
    Batch batch = Batch.inputs(g, 2, LENGTH, LENGTH, 0);
    Memory memory = ConvolutionEncoder.of(g, config, problem).apply(batch.source());
    Value keys = g.output(memory.keys());
    Value logits = g.output(ConvolutionDecoder.of(g, config, problem).force(batch.input(), memory));
    Map<Value, double[]> found = Reference.evaluate(g, given(g, batch));
    assertKept("encoder", found.get(keys));
    assertKept("decoder", found.get(logits));
  }

  /**
   * Up to what is random and what neighbours have in common; one scale left out of ten layers would
   * change it a hundredfold.
   */
  private static void assertKept(String what, double[] values) {
    double ratio = Arrays.stream(values).map(x -> x * x).average().orElseThrow() / EMBEDDED;
    assertTrue(ratio > 0.25 && ratio < 4, () -> what + ": variance times " + ratio);
  }

  private static Map<Value, double[]> given(Graph g, Batch batch) {
    Map<Value, double[]> given = new HashMap<>();
    for (Value p : g.parameters()) {
      float[] initial = g.initial(p.name(), 1);
      given.put(p, filled(initial.length, i -> initial[i]));
    }
    int size = 2 * LENGTH;
    given.put(batch.source().tokens(), filled(size, i -> 3 + i * 7 % 37));
    given.put(batch.source().mask(), filled(size, i -> 1));
    given.put(batch.input(), filled(size, i -> 3 + i * 11 % 47));
    g.inputs().stream()
        .filter(v -> v.name().equals("random"))
        .forEach(v -> given.put(v, new double[] {12, 34}));
    return given;
  }

  private static double[] filled(int size, IntToDoubleFunction f) {
    double[] values = new double[size];
    Arrays.setAll(values, f);
    return values;
  }
}
