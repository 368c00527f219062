package seqmark.nn.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static seqmark.compute.Ops.fill;
import static seqmark.compute.Ops.reshape;
import static seqmark.compute.Ops.slice;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import seqmark.compute.Graph;
import seqmark.compute.Reference;
import seqmark.compute.Shape;
import seqmark.compute.Value;

class WindowTest {
  private static double[] evaluate(UnaryOperator<Value> trace, double... x) {
    Graph g = new Graph(false);
    Value in = g.input("x", 1, x.length, 1);
    Value out = g.output(trace.apply(in));
    return Reference.evaluate(g, Map.of(in, x)).get(out);
  }

  @Test
  void causalWindowsEndAndCentredOnesLieAroundTheirPosition() {
    assertArrayEquals(
        new double[] {0, 0, 1, 0, 1, 2, 1, 2, 3}, evaluate(new Window(3, 1, true)::over, 1, 2, 3));
    assertArrayEquals(
        new double[] {0, 1, 3, 0, 2, 4, 1, 3, 0, 2, 4, 0},
        evaluate(new Window(3, 2, false)::over, 1, 2, 3, 4));
  }

  @Test
  void whatTapsMadeBeforeIsSummedToWhatAMapOfAllTheySeeGives() {
    for (Window window : new Window[] {new Window(3, 2, true), new Window(3, 1, false)}) {
      double[] x = {1, 2, 4, 8, 16};
      double[] made = new double[3 * x.length];
      for (int i = 0; i < x.length; i++) {
        made[3 * i] = 5 * x[i]; // the latest tap
        made[3 * i + 1] = 3 * x[i];
        made[3 * i + 2] = 2 * x[i];
      }
      double[] seen = evaluate(window::over, x);
      double[] expected = new double[x.length];
      for (int i = 0; i < x.length; i++) {
        expected[i] = 7 + 2 * seen[3 * i] + 3 * seen[3 * i + 1] + 5 * seen[3 * i + 2];
      }
      int length = x.length;
      assertArrayEquals(expected, evaluate(v -> biasedSum(window, reshape(v, 1, length, 3)), made));
    }
  }

  private static Value biasedSum(Window window, Value made) {
    return window.sum(made, fill(made.graph(), 7, Shape.of(1)));
  }

  @Test
  void thePastIsFilledUpWithZeros() {
    Window window = new Window(2, 3, true);
    assertArrayEquals(new double[] {0, 1, 2}, evaluate(window::past, 1, 2));
    assertArrayEquals(new double[] {1, 2, 3}, evaluate(window::past, 1, 2, 3));
    assertArrayEquals(new double[] {3, 4, 5}, evaluate(window::past, 1, 2, 3, 4, 5));
  }

  @Test
  void theNextPositionSeesWhatItSeesOfAll() {
    Window window = new Window(3, 2, true);
    assertArrayEquals(
        new double[] {2, 4, 6},
        evaluate(x -> window.next(slice(x, 1, 0, 5), slice(x, 1, 5, 6)), 1, 2, 3, 4, 5, 6));
  }

  @Test
  void vectorsOfThePastMayHaveGrown() {
    Window window = new Window(2, 2, true);
    assertArrayEquals(
        new double[] {3, 9},
        evaluate(
            x -> window.next(reshape(slice(x, 1, 0, 8), 1, 4, 2), slice(x, 1, 8, 9)),
            1,
            10,
            2,
            20,
            3,
            30,
            4,
            40,
            9));
  }

  @Test
  void windowsWithoutMiddleCannotBeCentred() {
    var e = assertThrows(IllegalArgumentException.class, () -> new Window(4, 1, false));
    assertEquals(
        "window: expected a kernel of at least 2, odd unless causal, and a dilation of at least 1,"
            + " found kernel 4, dilation 1",
        e.getMessage());
  }
}
