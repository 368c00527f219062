package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import seqmark.compute.op.Function;

/** {@link Function#SOFTPLUS} over strips; the result may be written in the operand's place. */
final class Softplus {
  /** Elements taken at a time. */
  private static final int BLOCK = 1024;

  // (2 atanh(s) - 2 s) / s^3 as a polynomial in s^2 on [0, 1/9], within 5e-9 of log(1 + u).
  private static final float LOG_9 = 0.28024459f;
  private static final float LOG_7 = 0.27999141f;
  private static final float LOG_5 = 0.40021699f;
  private static final float LOG_3 = 0.66666413f;

  private Softplus() {}

  /**
   * {@code y = log(1 + exp(x)) = max(x, 0) + log(1 + exp(-|x|))}, within 3 ulp; below -87.6 it is 0
   * instead of subnormal.
   */
  static void apply(float[] x, int x0, float[] y, int y0, int n) {
    float[] u = ThreadScratch.floats(BLOCK);
    for (int i = 0; i < n; i += BLOCK) {
      int count = Math.min(BLOCK, n - i);
      negativeMagnitude(x, x0 + i, u, count);
      Functions.exp(1, u, 0, 0, u, 0, count);
      addLog(x, x0 + i, u, y, y0 + i, count);
    }
  }

  private static void negativeMagnitude(float[] x, int x0, float[] u, int n) {
    int whole = Lanes.whole(n);
    for (int i = 0; i < whole; i += LENGTH) {
      fromArray(SPECIES, x, x0 + i).abs().neg().intoArray(u, i);
    }
    for (int i = whole; i < n; i++) {
      u[i] = -Math.abs(x[x0 + i]);
    }
  }

  /** {@code y = max(x, 0) + log(1 + u)} for u in [0, 1], by way of {@code s = u / (u + 2)}. */
  private static void addLog(float[] x, int x0, float[] u, float[] y, int y0, int n) {
    FloatVector p9 = broadcast(SPECIES, LOG_9);
    FloatVector p7 = broadcast(SPECIES, LOG_7);
    FloatVector p5 = broadcast(SPECIES, LOG_5);
    FloatVector p3 = broadcast(SPECIES, LOG_3);
    int whole = Lanes.whole(n);
    for (int i = 0; i < whole; i += LENGTH) {
      FloatVector v = fromArray(SPECIES, u, i);
      FloatVector s = v.div(v.add(2f));
      FloatVector z = s.mul(s);
      FloatVector p = z.fma(p9, p7).fma(z, p5).fma(z, p3);
      FloatVector log = p.mul(z).fma(s, s.add(s));
      log.add(fromArray(SPECIES, x, x0 + i).max(0f)).intoArray(y, y0 + i);
    }
    for (int i = whole; i < n; i++) {
      float s = u[i] / (u[i] + 2);
      float z = s * s;
      float p = Math.fma(Math.fma(Math.fma(z, LOG_9, LOG_7), z, LOG_5), z, LOG_3);
      y[y0 + i] = Math.fma(p * z, s, s + s) + Math.max(x[x0 + i], 0);
    }
  }
}
