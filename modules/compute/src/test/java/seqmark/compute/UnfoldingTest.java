package seqmark.compute;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;
import seqmark.compute.op.Unfolding;
import seqmark.compute.op.Unfolding.Kernel;

/** Which positions a kernel covers, against numbers written down by hand. */
class UnfoldingTest {
  private static double[] apply(Op op, int length, int width, double... x) {
    Graph g = new Graph(false);
    Value in = g.input("x", x.length / length / width, length, width);
    Value out = g.output(Ops.apply(op, in));
    return Reference.evaluate(g, Map.of(in, x)).get(out);
  }

  @Test
  void causalKernelsCoverThePast() {
    double[] seen = apply(new Unfolding.Unfold(new Kernel(2, 2, 2)), 4, 1, 1, 2, 3, 4);
    assertArrayEquals(new double[] {0, 1, 0, 2, 1, 3, 2, 4}, seen);
  }

  @Test
  void centredKernelsCoverBothSides() {
    double[] seen = apply(new Unfolding.Unfold(new Kernel(3, 1, 1)), 3, 1, 1, 2, 3);
    assertArrayEquals(new double[] {0, 1, 2, 1, 2, 3, 2, 3, 0}, seen);
  }

  @Test
  void vectorsStayTogetherAndSequencesApart() {
    double[] seen = apply(new Unfolding.Unfold(new Kernel(2, 1, 1)), 2, 2, 1, 2, 3, 4, 5, 6, 7, 8);
    assertArrayEquals(new double[] {0, 0, 1, 2, 1, 2, 3, 4, 0, 0, 5, 6, 5, 6, 7, 8}, seen);
  }

  @Test
  void foldingAddsUpWhatWasTaken() {
    double[] sums = apply(new Unfolding.Fold(new Kernel(2, 1, 1)), 3, 2, 1, 10, 2, 20, 4, 40);
    assertArrayEquals(new double[] {12, 24, 40}, sums);
  }

  @Test
  void badExtentsAreNamed() {
    var kernel = assertThrows(IllegalArgumentException.class, () -> new Kernel(0, 1, 0));
    assertEquals(
        "kernel: expected at least 1 tap, dilation 1 and 0 before, found 0, 1 and 0",
        kernel.getMessage());
    var fold =
        assertThrows(
            ShapeException.class,
            () -> apply(new Unfolding.Fold(new Kernel(2, 1, 1)), 1, 3, 1, 2, 3));
    assertEquals(
        "fold: expected [..., T, K * D] for K = 2 taps, found [1, 1, 3]", fold.getMessage());
  }
}
