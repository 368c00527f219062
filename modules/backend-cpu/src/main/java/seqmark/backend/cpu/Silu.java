package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.fromArray;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import seqmark.compute.op.Function;

/** {@link Function#SILU} over strips; a result may be written in the place of an operand. */
final class Silu {
  private Silu() {}

  /** {@code y = x / (1 + exp(-x))}, within 2.5 ulp: a gate that lets itself through. */
  static void apply(float[] x, int x0, float[] y, int y0, int n) {
    int whole = Lanes.whole(n);
    Gating.multiply(x, x0, x, x0, y, y0, whole);
    if (whole < n) {
      float[] rest = ThreadScratch.floats(LENGTH);
      Strips.copy(x, x0 + whole, rest, 0, n - whole);
      apply(rest, 0, rest, 0, LENGTH);
      Strips.copy(rest, 0, y, y0 + whole, n - whole);
    }
  }

  /** {@code y = s + x * (s - s * s)} with s the sigmoid of x; y is not x. */
  static void slope(float[] x, int x0, float[] y, int n) {
    Functions.sigmoid(x, x0, y, 0, n);
    int whole = Lanes.whole(n);
    for (int i = 0; i < whole; i += LENGTH) {
      FloatVector s = fromArray(SPECIES, y, i);
      s.neg().fma(s, s).fma(fromArray(SPECIES, x, x0 + i), s).intoArray(y, i);
    }
    for (int i = whole; i < n; i++) {
      y[i] = Math.fma(Math.fma(-y[i], y[i], y[i]), x[x0 + i], y[i]);
    }
  }
}
