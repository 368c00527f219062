package seqmark.backend.cpu;

import static seqmark.backend.cpu.Lanes.SPECIES;
import static seqmark.backend.cpu.Lanes.all;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Transcendental functions, lane by lane, out of additions, products, divisions and fused
 * multiply-adds only.
 *
 * <p>The Vector API's own {@code lanewise(EXP)} goes to a native library once it is compiled and to
 * {@link Math} before: the first and the hundredth step would differ, and so would machines.
 */
final class VectorMath {
  private static final float LOG2_E = 1.44269504f;

  /** The natural logarithm of 2 in two parts; products of the first with small numbers are exact. */
  private static final float LN_2_HIGH = 0.693359375f;

  private static final float LN_2_LOW = -2.12194440e-4f;

  /** Added and subtracted again, it rounds to a whole number, found in the lowest bits between. */
  private static final float ROUND = 0x1.8p23f;

  private VectorMath() {}

  /** {@code exp(x)}, within 1.5 ulp; subnormal results included. */
  static FloatVector exp(FloatVector x) {
    FloatVector bounded = x.max(-105f).min(90f);
    FloatVector shifted = bounded.fma(all(LOG2_E), all(ROUND));
    FloatVector n = shifted.sub(ROUND);
    FloatVector high = n.fma(all(-LN_2_HIGH), bounded);
    FloatVector r = n.fma(all(-LN_2_LOW), high);
    FloatVector p = r.fma(all(1.98756912e-4f), all(1.39819994e-3f));
    p = p.fma(r, all(8.33345205e-3f));
    p = p.fma(r, all(4.16657962e-2f));
    p = p.fma(r, all(0.166666657f));
    p = p.fma(r, all(0.5f));
    FloatVector e = p.fma(r.mul(r), r).add(1f);
    // 2^n in two factors: n goes from -151 to 130, beyond the exponents of normal numbers.
    IntVector whole = shifted.reinterpretAsInts().sub(Float.floatToRawIntBits(ROUND));
    IntVector half = whole.lanewise(VectorOperators.ASHR, 1);
    return e.mul(power(half)).mul(power(whole.sub(half)));
  }

  private static FloatVector power(IntVector n) {
    return n.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
  }

  /** {@code 1 / (1 + exp(-x))}, within 2.5 ulp. */
  static FloatVector sigmoid(FloatVector x) {
    return all(1f).div(exp(x.neg()).add(1f));
  }

  /** {@code tanh(x)}, within 4 ulp: a rational function of degree 13 by 6 on [-8, 8]. */
  static FloatVector tanh(FloatVector x) {
    FloatVector b = x.max(-7.99881172f).min(7.99881172f);
    FloatVector s = b.mul(b);
    FloatVector p = s.fma(all(-2.76076847742355e-16f), all(2.00018790482477e-13f));
    p = p.fma(s, all(-8.60467152213735e-11f));
    p = p.fma(s, all(5.12229709037114e-08f));
    p = p.fma(s, all(1.48572235717979e-05f));
    p = p.fma(s, all(6.37261928875436e-04f));
    p = p.fma(s, all(4.89352455891786e-03f));
    FloatVector q = s.fma(all(1.19825839466702e-06f), all(1.18534705686654e-04f));
    q = q.fma(s, all(2.26843463243900e-03f));
    q = q.fma(s, all(4.89352518554385e-03f));
    return b.mul(p.div(q));
  }

  /** The natural logarithm, within 1.5 ulp. */
  static FloatVector log(FloatVector x) {
    // Subnormal numbers are scaled up first, so that their exponent can be read off their bits.
    var tiny = x.lt(Float.MIN_NORMAL);
    FloatVector scaled = x.blend(x.mul(0x1p23f), tiny);
    IntVector bits = scaled.reinterpretAsInts();
    IntVector exponent = bits.sub(0x3f3504f3).lanewise(VectorOperators.ASHR, 23);
    FloatVector m =
        bits.sub(exponent.lanewise(VectorOperators.LSHL, 23)).reinterpretAsFloats().sub(1f);
    FloatVector e =
        exponent.convertShape(VectorOperators.I2F, SPECIES, 0).reinterpretAsFloats();
    e = e.blend(e.sub(23f), tiny);
    FloatVector s = m.mul(m);
    FloatVector p = m.fma(all(7.0376836292e-2f), all(-1.1514610310e-1f));
    p = p.fma(m, all(1.1676998740e-1f));
    p = p.fma(m, all(-1.2420140846e-1f));
    p = p.fma(m, all(1.4249322787e-1f));
    p = p.fma(m, all(-1.6668057665e-1f));
    p = p.fma(m, all(2.0000714765e-1f));
    p = p.fma(m, all(-2.4999993993e-1f));
    p = p.fma(m, all(3.3333331174e-1f));
    FloatVector y = p.mul(m).mul(s);
    y = e.fma(all(LN_2_LOW), y);
    y = s.fma(all(-0.5f), y);
    y = e.fma(all(LN_2_HIGH), y.add(m));
    y = y.blend(all(Float.NEGATIVE_INFINITY), x.eq(0f));
    y = y.blend(all(Float.NaN), x.lt(0f));
    return y.blend(x, x.eq(Float.POSITIVE_INFINITY).or(x.test(VectorOperators.IS_NAN)));
  }
}
