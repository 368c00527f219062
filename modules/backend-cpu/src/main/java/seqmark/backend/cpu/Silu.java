package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.fromArray;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import seqmark.compute.op.Function;

/** {@link Function#SILU} over strips; a result may be written in the place of an operand. */
final class Silu {
  /** Elements taken at a time. */
  private static final int BLOCK = 1024;

  private Silu() {}

  /** {@code y = x / (1 + exp(-x))}, within 3 ulp. */
  static void apply(float[] x, int x0, float[] y, int y0, int n) {
    float[] s = ThreadScratch.floats(BLOCK);
    for (int i = 0; i < n; i += BLOCK) {
      int count = Math.min(BLOCK, n - i);
      Functions.sigmoid(x, x0 + i, s, 0, count);
      Strips.multiply(x, x0 + i, s, 0, y, y0 + i, count);
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
