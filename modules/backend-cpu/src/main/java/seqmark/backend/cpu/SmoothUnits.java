package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * SiLU and softplus over {@link Strips}: relu with a round corner, made of exp and sigmoid of
 * {@link Functions}. What these give stays in a block in the first-level cache, so that a result
 * may be written in the place of an operand.
 */
final class SmoothUnits {
  /** Elements at a time, a multiple of {@link Lanes#LENGTH}. */
  private static final int BLOCK = 512;

  private static final ThreadLocal<float[]> BLOCKS =
      ThreadLocal.withInitial(() -> new float[BLOCK]);

  // (2 atanh(s) - 2 s) / s^3 as a polynomial in s^2 on [0, 1/9], within 5e-9 of log(1 + u).
  private static final float LOG_9 = 0.28024459f;
  private static final float LOG_7 = 0.27999141f;
  private static final float LOG_5 = 0.40021699f;
  private static final float LOG_3 = 0.66666413f;

  private SmoothUnits() {}

  /** {@code y = x / (1 + exp(-x))}, within 3 ulp. */
  static void silu(float[] x, int x0, float[] y, int y0, int n) {
    float[] s = BLOCKS.get();
    for (int i = 0; i < n; i += BLOCK) {
      int count = Math.min(BLOCK, n - i);
      Functions.sigmoid(x, x0 + i, s, 0, count);
      Strips.multiply(x, x0 + i, s, 0, y, y0 + i, count);
    }
  }

  /** {@code z = d * (s + x * (s - s * s))} with s the sigmoid of x. */
  static void siluGradient(float[] x, int x0, float[] d, int d0, float[] z, int z0, int n) {
    float[] s = BLOCKS.get();
    for (int i = 0; i < n; i += BLOCK) {
      int count = Math.min(BLOCK, n - i);
      Functions.sigmoid(x, x0 + i, s, 0, count);
      throughSilu(x, x0 + i, s, d, d0 + i, z, z0 + i, count);
    }
  }

  private static void throughSilu(
      float[] x, int x0, float[] s, float[] d, int d0, float[] z, int z0, int n) {
    int whole = Lanes.whole(n);
    for (int i = 0; i < whole; i += LENGTH) {
      FloatVector y = fromArray(SPECIES, s, i);
      FloatVector slope = y.neg().fma(y, y).fma(fromArray(SPECIES, x, x0 + i), y);
      slope.mul(fromArray(SPECIES, d, d0 + i)).intoArray(z, z0 + i);
    }
    for (int i = whole; i < n; i++) {
      float slope = Math.fma(Math.fma(-s[i], s[i], s[i]), x[x0 + i], s[i]);
      z[z0 + i] = slope * d[d0 + i];
    }
  }

  /** {@code y = log(1 + exp(x))}, within 3 ulp; below -87.6 it is 0 instead of subnormal. */
  static void softplus(float[] x, int x0, float[] y, int y0, int n) {
    float[] u = BLOCKS.get();
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

  /** {@code y = max(x, 0) + log(1 + u)} for u in [0, 1], by way of {@code s = u / (2 + u)}. */
  private static void addLog(float[] x, int x0, float[] u, float[] y, int y0, int n) {
    FloatVector p7 = broadcast(SPECIES, LOG_7);
    FloatVector p5 = broadcast(SPECIES, LOG_5);
    FloatVector p3 = broadcast(SPECIES, LOG_3);
    int whole = Lanes.whole(n);
    for (int i = 0; i < whole; i += LENGTH) {
      FloatVector v = fromArray(SPECIES, u, i);
      FloatVector s = v.div(v.add(2f));
      FloatVector z = s.mul(s);
      FloatVector p = z.mul(LOG_9).add(p7).fma(z, p5).fma(z, p3);
      FloatVector log = p.mul(z).fma(s, s.add(s));
      log.add(fromArray(SPECIES, x, x0 + i).max(0f)).intoArray(y, y0 + i);
    }
    for (int i = whole; i < n; i++) {
      float s = u[i] / (u[i] + 2);
      float z = s * s;
      float p = Math.fma(Math.fma(z * LOG_9 + LOG_7, z, LOG_5), z, LOG_3);
      y[y0 + i] = Math.fma(p * z, s, s + s) + Math.max(x[x0 + i], 0);
    }
  }

  /** {@code z = d / (1 + exp(-x))}. */
  static void softplusGradient(float[] x, int x0, float[] d, int d0, float[] z, int z0, int n) {
    float[] s = BLOCKS.get();
    for (int i = 0; i < n; i += BLOCK) {
      int count = Math.min(BLOCK, n - i);
      Functions.sigmoid(x, x0 + i, s, 0, count);
      Strips.multiply(s, 0, d, d0 + i, z, z0 + i, count);
    }
  }
}
