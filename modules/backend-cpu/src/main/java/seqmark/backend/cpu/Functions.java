package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Functions over {@link Strips}, out of additions, products, divisions and fused multiply-adds
 * only.
 *
 * <p>The Vector API's own {@code lanewise(EXP)} goes to a native library once it is compiled and to
 * {@link Math} before: the first and the hundredth step would differ, and so would machines. Each
 * function is one loop, for the reason given at {@link Lanes}.
 *
 * <p>Constants are floats: a vector in a field the JIT loads anew for every use, mostly out of two
 * lines of the cache, and the loads take longer than the arithmetic. {@code compare} and {@code
 * blend} bound arguments with two instructions each, where {@code min} and {@code max} have six;
 * NaN stays.
 */
final class Functions {
  /** Takes the elements that fill no vector. */
  private static final ThreadLocal<float[]> REST = ThreadLocal.withInitial(() -> new float[LENGTH]);

  /** Added and subtracted again, it rounds to a whole number, found in the lowest bits between. */
  static final float ROUND = 0x1.8p23f;

  /**
   * The natural logarithm of 2 in two parts; products of the first with small numbers are exact.
   */
  static final float LN_2_HIGH = 0.693359375f;

  static final float LN_2_LOW = -2.12194440e-4f;

  /** The binary logarithm of e. */
  static final float LOG2_E = 1.44269504f;

  static final float EXP_7 = 1.98756912e-4f;
  static final float EXP_6 = 1.39819994e-3f;
  static final float EXP_5 = 8.33345205e-3f;
  static final float EXP_4 = 4.16657962e-2f;
  static final float EXP_3 = 0.166666657f;
  static final float EXP_2 = 0.5f;

  /** Below, exp is 0 instead of subnormal; above its bound it is infinite. */
  static final float EXP_LEAST = -88;

  static final float EXP_MOST = 89;

  private static final float TANH_13 = -2.76076847742355e-16f;
  private static final float TANH_11 = 2.00018790482477e-13f;
  private static final float TANH_9 = -8.60467152213735e-11f;
  private static final float TANH_7 = 5.12229709037114e-08f;
  private static final float TANH_5 = 1.48572235717979e-05f;
  private static final float TANH_3 = 6.37261928875436e-04f;
  private static final float TANH_1 = 4.89352455891786e-03f;
  private static final float TANH_Q6 = 1.19825839466702e-06f;
  private static final float TANH_Q4 = 1.18534705686654e-04f;
  private static final float TANH_Q2 = 2.26843463243900e-03f;
  private static final float TANH_Q0 = 4.89352518554385e-03f;

  /** From here on tanh is 1. */
  private static final float TANH_MOST = 7.99881172f;

  private Functions() {}

  /**
   * {@code y = exp(factor * x + shift)} with a factor of 1, -1 or 2, within 1 ulp. Below -87.6 it
   * is 0 instead of subnormal, above 88.3 infinite.
   */
  static void exp(float factor, float[] x, int x0, float shift, float[] y, int y0, int n) {
    int whole = Lanes.whole(n);
    for (int i = 0; i < whole; i += LENGTH) {
      FloatVector a = fromArray(SPECIES, x, x0 + i).mul(factor).add(shift);
      a = a.blend(EXP_LEAST, a.compare(LT, EXP_LEAST)).blend(EXP_MOST, a.compare(GT, EXP_MOST));
      FloatVector shifted = a.fma(LOG2_E, ROUND);
      FloatVector power = shifted.sub(ROUND);
      FloatVector r = power.fma(broadcast(SPECIES, -LN_2_HIGH), a);
      r = power.fma(broadcast(SPECIES, -LN_2_LOW), r);
      FloatVector p = r.fma(EXP_7, EXP_6);
      p = p.fma(r, broadcast(SPECIES, EXP_5)).fma(r, broadcast(SPECIES, EXP_4));
      p = p.fma(r, broadcast(SPECIES, EXP_3)).fma(r, broadcast(SPECIES, EXP_2));
      p = p.fma(r.mul(r), r).add(1);
      // The exponent's bits: all zeros for 2^-127, which makes the product 0; infinite for 2^128.
      IntVector bits = shifted.reinterpretAsInts().lanewise(LSHL, 23).add(127 << 23);
      p.mul(bits.reinterpretAsFloats()).intoArray(y, y0 + i);
    }
    if (whole < n) {
      float[] rest = REST.get();
      Strips.copy(x, x0 + whole, rest, 0, n - whole);
      exp(factor, rest, 0, shift, rest, 0, LENGTH);
      Strips.copy(rest, 0, y, y0 + whole, n - whole);
    }
  }

  /** {@code y = 1 / (1 + exp(-x))}, within 2.5 ulp: {@link #exp} and a division in one loop. */
  static void sigmoid(float[] x, int x0, float[] y, int y0, int n) {
    int whole = Lanes.whole(n);
    for (int i = 0; i < whole; i += LENGTH) {
      FloatVector a = fromArray(SPECIES, x, x0 + i).neg();
      a = a.blend(EXP_LEAST, a.compare(LT, EXP_LEAST)).blend(EXP_MOST, a.compare(GT, EXP_MOST));
      FloatVector shifted = a.fma(LOG2_E, ROUND);
      FloatVector power = shifted.sub(ROUND);
      FloatVector r = power.fma(broadcast(SPECIES, -LN_2_HIGH), a);
      r = power.fma(broadcast(SPECIES, -LN_2_LOW), r);
      FloatVector p = r.fma(EXP_7, EXP_6);
      p = p.fma(r, broadcast(SPECIES, EXP_5)).fma(r, broadcast(SPECIES, EXP_4));
      p = p.fma(r, broadcast(SPECIES, EXP_3)).fma(r, broadcast(SPECIES, EXP_2));
      p = p.fma(r.mul(r), r).add(1);
      IntVector bits = shifted.reinterpretAsInts().lanewise(LSHL, 23).add(127 << 23);
      FloatVector one = broadcast(SPECIES, 1);
      one.div(p.fma(bits.reinterpretAsFloats(), one)).intoArray(y, y0 + i);
    }
    if (whole < n) {
      float[] rest = REST.get();
      Strips.copy(x, x0 + whole, rest, 0, n - whole);
      sigmoid(rest, 0, rest, 0, LENGTH);
      Strips.copy(rest, 0, y, y0 + whole, n - whole);
    }
  }

  /** {@code y = tanh(x)}, within 4.5 ulp: a rational function of degree 13 by 6 on [-8, 8]. */
  static void tanh(float[] x, int x0, float[] y, int y0, int n) {
    int whole = Lanes.whole(n);
    for (int i = 0; i < whole; i += LENGTH) {
      FloatVector a = fromArray(SPECIES, x, x0 + i);
      a = a.blend(TANH_MOST, a.compare(GT, TANH_MOST)).blend(-TANH_MOST, a.compare(LT, -TANH_MOST));
      FloatVector s = a.mul(a);
      FloatVector p = s.fma(TANH_13, TANH_11);
      p = p.fma(s, broadcast(SPECIES, TANH_9)).fma(s, broadcast(SPECIES, TANH_7));
      p = p.fma(s, broadcast(SPECIES, TANH_5)).fma(s, broadcast(SPECIES, TANH_3));
      p = p.fma(s, broadcast(SPECIES, TANH_1));
      FloatVector q = s.fma(TANH_Q6, TANH_Q4);
      q = q.fma(s, broadcast(SPECIES, TANH_Q2)).fma(s, broadcast(SPECIES, TANH_Q0));
      a.mul(p.div(q)).intoArray(y, y0 + i);
    }
    if (whole < n) {
      float[] rest = REST.get();
      Strips.copy(x, x0 + whole, rest, 0, n - whole);
      tanh(rest, 0, rest, 0, LENGTH);
      Strips.copy(rest, 0, y, y0 + whole, n - whole);
    }
  }

  /** {@code y = sqrt(x)}. */
  static void sqrt(float[] x, int x0, float[] y, int y0, int n) {
    int whole = Lanes.whole(n);
    for (int i = 0; i < whole; i += LENGTH) {
      fromArray(SPECIES, x, x0 + i).sqrt().intoArray(y, y0 + i);
    }
    for (int i = whole; i < n; i++) {
      y[y0 + i] = (float) Math.sqrt(x[x0 + i]);
    }
  }

  /** {@code y = max(x, 0)}. */
  static void relu(float[] x, int x0, float[] y, int y0, int n) {
    int whole = Lanes.whole(n);
    for (int i = 0; i < whole; i += LENGTH) {
      fromArray(SPECIES, x, x0 + i).max(0f).intoArray(y, y0 + i);
    }
    for (int i = whole; i < n; i++) {
      y[y0 + i] = Math.max(x[x0 + i], 0);
    }
  }

  /**
   * {@code y = log(x)}, one by one: no model spends time in it. {@link StrictMath}, because {@link
   * Math} may differ from machine to machine.
   */
  static void log(float[] x, int x0, float[] y, int y0, int n) {
    for (int i = 0; i < n; i++) {
      y[y0 + i] = (float) StrictMath.log(x[x0 + i]);
    }
  }

  /** {@code z = d * x * (y - y * y)}: the gradient through {@code x * y} with y a sigmoid. */
  static void throughSigmoid(
      float[] d, int d0, float[] x, int x0, float[] y, int y0, float[] z, int z0, int n) {
    int whole = Lanes.whole(n);
    for (int i = 0; i < whole; i += LENGTH) {
      FloatVector s = fromArray(SPECIES, y, y0 + i);
      FloatVector dx = fromArray(SPECIES, d, d0 + i).mul(fromArray(SPECIES, x, x0 + i));
      s.neg().fma(s, s).mul(dx).intoArray(z, z0 + i);
    }
    for (int i = whole; i < n; i++) {
      float s = y[y0 + i];
      z[z0 + i] = Math.fma(-s, s, s) * (d[d0 + i] * x[x0 + i]);
    }
  }

  /** {@code z = d * x * (1 - y * y)}: the gradient through {@code x * y} with y a tanh. */
  static void throughTanh(
      float[] d, int d0, float[] x, int x0, float[] y, int y0, float[] z, int z0, int n) {
    int whole = Lanes.whole(n);
    for (int i = 0; i < whole; i += LENGTH) {
      FloatVector s = fromArray(SPECIES, y, y0 + i);
      FloatVector dx = fromArray(SPECIES, d, d0 + i).mul(fromArray(SPECIES, x, x0 + i));
      s.neg().fma(s, broadcast(SPECIES, 1)).mul(dx).intoArray(z, z0 + i);
    }
    for (int i = whole; i < n; i++) {
      float s = y[y0 + i];
      z[z0 + i] = Math.fma(-s, s, 1) * (d[d0 + i] * x[x0 + i]);
    }
  }
}
