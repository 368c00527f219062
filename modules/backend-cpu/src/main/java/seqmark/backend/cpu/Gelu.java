package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import seqmark.compute.op.Function;

/**
 * {@link Function#GELU} over strips. Its tanh goes through memory of the thread's, because a result
 * may be written in the place of an operand that is still needed.
 */
final class Gelu {
  /** Elements taken at a time. */
  static final int BLOCK = 1024;

  private static final float SCALE = (float) Function.GELU_SCALE;
  private static final float CUBE = (float) Function.GELU_CUBE;

  private Gelu() {}

  /** {@code y = gelu(x)}. */
  static void apply(float[] x, int x0, float[] y, int y0, int n) {
    float[] t = ThreadScratch.floats(BLOCK);
    for (int i = 0; i < n; i += BLOCK) {
      int count = Math.min(BLOCK, n - i);
      tanh(x, x0 + i, t, count);
      weigh(x, x0 + i, t, y, y0 + i, count);
    }
  }

  /** {@code y = gelu'(x)} for at most {@link #BLOCK} elements; y is not x. */
  static void slope(float[] x, int x0, float[] y, int n) {
    tanh(x, x0, y, n);
    throughTanh(x, x0, y, n);
  }

  private static void tanh(float[] x, int x0, float[] t, int n) {
    FloatVector scale = broadcast(SPECIES, SCALE);
    FloatVector cube = broadcast(SPECIES, SCALE * CUBE);
    int whole = Lanes.whole(n);
    for (int i = 0; i < whole; i += LENGTH) {
      FloatVector a = fromArray(SPECIES, x, x0 + i);
      a.mul(a).fma(cube, scale).mul(a).intoArray(t, i);
    }
    for (int i = whole; i < n; i++) {
      float a = x[x0 + i];
      t[i] = Math.fma(a * a, SCALE * CUBE, SCALE) * a;
    }
    Functions.tanh(t, 0, t, 0, n);
  }

  private static void weigh(float[] x, int x0, float[] t, float[] y, int y0, int n) {
    int whole = Lanes.whole(n);
    for (int i = 0; i < whole; i += LENGTH) {
      FloatVector half = fromArray(SPECIES, x, x0 + i).mul(0.5f);
      half.fma(fromArray(SPECIES, t, i), half).intoArray(y, y0 + i);
    }
    for (int i = whole; i < n; i++) {
      float half = x[x0 + i] * 0.5f;
      y[y0 + i] = Math.fma(half, t[i], half);
    }
  }

  /** The slope at x, in the place of the tanh. */
  private static void throughTanh(float[] x, int x0, float[] t, int n) {
    FloatVector one = broadcast(SPECIES, 1);
    FloatVector scale = broadcast(SPECIES, SCALE);
    FloatVector cube = broadcast(SPECIES, 3 * SCALE * CUBE);
    int whole = Lanes.whole(n);
    for (int i = 0; i < whole; i += LENGTH) {
      FloatVector a = fromArray(SPECIES, x, x0 + i);
      FloatVector y = fromArray(SPECIES, t, i);
      FloatVector inner = a.mul(a).fma(cube, scale).mul(a);
      y.neg().fma(y, one).fma(inner, y.add(one)).mul(0.5f).intoArray(t, i);
    }
    for (int i = whole; i < n; i++) {
      float a = x[x0 + i];
      float inner = Math.fma(a * a, 3 * SCALE * CUBE, SCALE) * a;
      t[i] = Math.fma(Math.fma(-t[i], t[i], 1), inner, t[i] + 1) * 0.5f;
    }
  }
}
