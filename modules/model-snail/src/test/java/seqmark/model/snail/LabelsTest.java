package seqmark.model.snail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import seqmark.compute.Graph;
import seqmark.compute.Reference;
import seqmark.compute.Value;
import seqmark.model.snail.SnailConfig.Parts;
import seqmark.nn.Problem;
import seqmark.nn.Source;
import seqmark.testkit.InitialValues;

/** Labels at the positions of a source. */
class LabelsTest {
  private static final int VOCABULARY = 9;

  @TestFactory
  Stream<DynamicTest> labelsSeeWhatIsBeforeThemAndNoPadding() {
    return Arrays.stream(Parts.values())
        .map(parts -> DynamicTest.dynamicTest(parts.toString(), () -> check(parts)));
  }

  private static void check(Parts parts) {
    var config = new SnailConfig(60, 5, parts, 0);
    var model = new Snail(config, Problem.of(VOCABULARY, VOCABULARY, 8, 1));
    double[] labels = labels(model, 8, 3, 4, 5, 6, 7);
    double[] other = labels(model, 8, 3, 4, 8, 6, 7);
    int same = 2 * VOCABULARY;
    assertArrayEquals(Arrays.copyOf(labels, same), Arrays.copyOf(other, same));
    for (int i = 2; i < 5; i++) {
      int start = i * VOCABULARY;
      double[] one = Arrays.copyOfRange(labels, start, start + VOCABULARY);
      double[] two = Arrays.copyOfRange(other, start, start + VOCABULARY);
      assertFalse(Arrays.equals(one, two), "position " + i);
    }
    double[] alone = labels(model, 5, 3, 4, 5, 6, 7);
    assertArrayEquals(alone, Arrays.copyOf(labels, alone.length), 1e-12);
  }

  private static double[] labels(Snail model, int length, int... tokens) {
    Graph g = new Graph(false);
    Source source = Source.inputs(g, 1, length, 0);
    Value labels = g.output(model.labels(g, source));
    Map<Value, double[]> given = InitialValues.of(g, 1);
    double[] ids = new double[length];
    double[] mask = new double[length];
    for (int i = 0; i < tokens.length; i++) {
      ids[i] = tokens[i];
      mask[i] = 1;
    }
    given.put(source.tokens(), ids);
    given.put(source.mask(), mask);
    return Reference.evaluate(g, given).get(labels);
  }
}
