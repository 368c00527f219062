package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import seqmark.compute.op.Function;

/** {@link Function#SILU} over strips; a result may be written in the place of an operand. */
final class Silu {
  /** Where thread scratch is free of what {@link #apply} uses of it. */
  static final int SCRATCH = ThreadScratch.START + LENGTH;

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

  /** {@code z = d * (s + x * s * (1 - s))} with s the sigmoid of x: the gradient of x. */
  static void through(
      float[] d, int d0, float[] x, int x0, float[] s, int s0, float[] z, int z0, int n) {
    FloatVector one = broadcast(SPECIES, 1);
    int whole = Lanes.whole(n);
    for (int i = 0; i < whole; i += LENGTH) {
      FloatVector sigmoid = fromArray(SPECIES, s, s0 + i);
      FloatVector silu = sigmoid.mul(fromArray(SPECIES, x, x0 + i));
      FloatVector slope = one.sub(sigmoid).fma(silu, sigmoid);
      fromArray(SPECIES, d, d0 + i).mul(slope).intoArray(z, z0 + i);
    }
    for (int i = whole; i < n; i++) {
      float sigmoid = s[s0 + i];
      z[z0 + i] = d[d0 + i] * Math.fma(1 - sigmoid, sigmoid * x[x0 + i], sigmoid);
    }
  }
}
