package seqmark.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import seqmark.compute.Columns;
import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Ops;
import seqmark.compute.Program;
import seqmark.compute.Session;
import seqmark.compute.Value;
import seqmark.compute.op.MatMul;
import seqmark.compute.op.Unfolding;

/** Products of unfoldings that are not carried out, and the gradients of their weights. */
class WindowsTest {
  private static final int BATCH = 7;

  private final Graph g = new Graph(false);

  private Value unfolded(int length, int width, int taps, int dilation, int before) {
    Value x = Ops.affine(g.parameter("x", Init.normal(1), BATCH, length, width), 2, 1);
    return Ops.unfold(x, new Unfolding.Kernel(taps, dilation, before));
  }

  /** What a convolution gives and the gradient of its weights, one behind the other. */
  private static float[] result(
      int threads, boolean carriedOut, int length, int width, int filters, int taps, int before) {
    WindowsTest w = new WindowsTest();
    Value seen = w.unfolded(length, width, taps, 1, before);
    Value weights = w.g.parameter("w", Init.normal(1), taps * width, filters);
    Value made = w.g.output(Ops.dense(seen, weights));
    Value d = w.g.parameter("d", Init.normal(1), BATCH, length, filters);
    Value gradient = w.g.output(Ops.apply(new MatMul.WeightGradient(), seen, d));
    if (carriedOut) {
      w.g.output(seen);
    }
    assertEquals(!carriedOut, new Columns(w.g, new Distances()).overlaps(seen));
    try (Session session = new Cpu().open(3, threads)) {
      Program program = session.compile(w.g);
      program.run();
      float[] a = new float[made.shape().size()];
      program.read(made, a);
      float[] b = new float[gradient.shape().size()];
      program.read(gradient, b);
      float[] both = new float[a.length + b.length];
      System.arraycopy(a, 0, both, 0, a.length);
      System.arraycopy(b, 0, both, a.length, b.length);
      return both;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "32, 16, 40, 3, 2",
    "33, 20, 32, 3, 1",
    "40, 5, 33, 4, 0",
    "6, 3, 17, 5, 9",
    "2, 130, 24, 5, 2",
    "50, 150, 36, 2, 1",
    "50, 4, 36, 2, 60"
  })
  void haveTheBitsOfUnfoldings(int length, int width, int filters, int taps, int before) {
    float[] expected = result(1, true, length, width, filters, taps, before);
    for (int threads = 1; threads < 4; threads++) {
      assertArrayEquals(
          expected, result(threads, false, length, width, filters, taps, before), threads + "");
    }
  }

  @Test
  void whatHasGapsOrIsReadByOthersIsUnfolded() {
    Value gaps = unfolded(32, 16, 2, 2, 2);
    Value weights = g.parameter("w", Init.normal(1), 32, 32);
    g.output(Ops.dense(gaps, weights));
    Value x = Ops.affine(gaps.node().in(0), 1, 2);
    Value other = Ops.unfold(x, new Unfolding.Kernel(2, 1, 1));
    g.output(Ops.dense(other, weights));
    g.output(Ops.tanh(other));
    Columns columns = new Columns(g, new Distances());
    assertEquals(false, columns.overlaps(gaps));
    assertEquals(false, columns.overlaps(other));
  }
}
