package seqmark.model.snail;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import seqmark.compute.Graph;
import seqmark.compute.Reference;
import seqmark.compute.Value;
import seqmark.model.snail.SnailConfig.Parts;
import seqmark.nn.Batch;
import seqmark.nn.Problem;

/** How far back the last logits see. */
class ReceptiveFieldTest {
  private static final int VOCABULARY = 9;

  /** Whether the first token of a source of this length changes the last logits. */
  private static boolean firstReachesLast(Snail model, int sourceLength, int targetLength) {
    double[] source = new double[sourceLength];
    Arrays.fill(source, 4);
    double[] before = lastLogits(model, source, targetLength);
    source[0] = 5;
    return !Arrays.equals(before, lastLogits(model, source, targetLength));
  }

  private static double[] lastLogits(Snail model, double[] source, int targetLength) {
    Graph g = new Graph(false);
    Batch batch = Batch.inputs(g, 1, source.length, targetLength, 0);
    Value logits = g.output(model.logits(g, batch));
    Map<Value, double[]> given = new HashMap<>();
    for (Value p : g.parameters()) {
      float[] values = g.initial(p.name(), 1);
      double[] wide = new double[values.length];
      Arrays.setAll(wide, i -> values[i]);
      given.put(p, wide);
    }
    double[] ones = new double[source.length];
    Arrays.fill(ones, 1);
    double[] input = new double[targetLength];
    Arrays.fill(input, 3);
    given.put(batch.source().tokens(), source);
    given.put(batch.source().mask(), ones);
    given.put(batch.input(), input);
    double[] all = Reference.evaluate(g, given).get(logits);
    return Arrays.copyOfRange(all, all.length - VOCABULARY, all.length);
  }

  @TestFactory
  Stream<DynamicTest> everyPartSeesTheLongestSequence() {
    return Arrays.stream(Parts.values())
        .map(parts ->
            DynamicTest.dynamicTest(
                parts.toString(),
                () -> {
                  var config = new SnailConfig(60, 5, parts, 0);
                  var model = new Snail(config, Problem.of(VOCABULARY, VOCABULARY, 22, 9));
                  assertTrue(firstReachesLast(model, 22, 10));
                }));
  }

  /** Sequences of 8 take dilations 1, 2 and 4, twice: 14 positions back and no further. */
  @Test
  void convolutionsSeeAsFarAsTheirDilationsAddUpTo() {
    var config = new SnailConfig(60, 5, Parts.TC, 0);
    var model = new Snail(config, Problem.of(VOCABULARY, VOCABULARY, 4, 3));
    assertTrue(firstReachesLast(model, 12, 3));
    assertFalse(firstReachesLast(model, 13, 3));
  }
}
