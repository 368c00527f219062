package seqmark.model.mamba;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import seqmark.compute.Graph;
import seqmark.compute.Value;
import seqmark.compute.op.StateSpace.Discretisation;
import seqmark.nn.Batch;
import seqmark.nn.Problem;
import seqmark.nn.Source;

class MambaConfigTest {
  private static final Problem PROBLEM = Problem.of(6, 7, 100, 100);

  private static MambaConfig config(int dModel, int dState, int dConv) {
    return new MambaConfig(dModel, 2, 2, dState, dConv, true, true, Discretisation.ZOH, 0);
  }

  private static void assertMessage(String expected, Executable code) {
    assertEquals(expected, assertThrows(IllegalArgumentException.class, code).getMessage());
  }

  @Test
  void badSettingsAreNamedWithTheirRange() {
    assertMessage("dModel: must be at least 1, found 0", () -> config(0, 16, 4));
    assertMessage("dState: must be at least 1, found 0", () -> config(8, 0, 4));
    assertMessage("dConv: must be at least 2, found 1", () -> config(8, 16, 1));
  }

  @Test
  void settingsAreSpelledAsInConfigs() {
    assertEquals("zoh", Discretisation.ZOH.toString());
  }

  @Test
  void deltaIsProjectedThroughASixteenthOfTheWidth() {
    assertEquals(1, config(16, 16, 4).deltaRank());
    assertEquals(2, config(17, 16, 4).deltaRank());
  }

  /** Whatever the source's length. */
  @Test
  void theStateIsConstantInSize() {
    for (int length : new int[] {1, 64}) {
      Graph g = new Graph(false);
      Mamba model = new Mamba(config(8, 16, 4), PROBLEM);
      List<Value> carry = model.begin(g, Source.inputs(g, 3, length, 0)).carry();
      int floats = carry.stream().mapToInt(v -> v.shape().size()).sum();
      assertEquals(3 * 2 * 16 * (3 + 16), floats, "batch, layers, channels, window and states");
    }
  }

  @Test
  void theRecurrenceStartsAsInThePaper() {
    Graph g = new Graph(false);
    new Mamba(config(512, 3, 4), PROBLEM).logits(g, Batch.inputs(g, 1, 2, 2, 0));
    float[] a = g.initial("block1.scan.a", 5);
    for (int i = 0; i < a.length; i++) {
      assertEquals(1 + i / 1024, Math.exp(a[i]), 1e-6);
    }
    double[] steps = new double[1024];
    float[] bias = g.initial("block1.scan.delta.bias", 5);
    Arrays.setAll(steps, i -> Math.log1p(Math.exp(bias[i])));
    Arrays.sort(steps);
    assertTrue(steps[0] >= 0.999e-3 && steps[1023] <= 0.1001, Arrays.toString(steps));
    assertEquals(1e-2, steps[512], 1.5e-3, "the median of a log-uniform step");
    float[] weight = g.initial("block1.scan.delta.weight", 5);
    float bound = 1 / (float) Math.sqrt(32);
    for (float w : weight) {
      assertTrue(Math.abs(w) <= bound, "delta's weight: " + w);
    }
  }
}
