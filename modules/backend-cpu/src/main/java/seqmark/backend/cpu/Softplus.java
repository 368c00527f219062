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
import seqmark.compute.op.Function;

/** {@link Function#SOFTPLUS} over strips; the result may be written in the operand's place. */
final class Softplus {
  // (2 atanh(s) - 2 s) / s^3 as a polynomial in s^2 on [0, 1/9], within 5e-9 of log(1 + u).
  private static final float LOG_9 = 0.28024459f;
  private static final float LOG_7 = 0.27999141f;
  private static final float LOG_5 = 0.40021699f;
  private static final float LOG_3 = 0.66666413f;

  private Softplus() {}

  /**
   * {@code y = log(1 + exp(x)) = max(x, 0) + log(1 + u)} with {@code u = exp(-|x|)}, within 3 ulp;
   * below -87.6 it is 0 instead of subnormal. The logarithm goes by way of {@code s = u / (u + 2)}.
   */
  static void apply(float[] x, int x0, float[] y, int y0, int n) {
    int whole = Lanes.whole(n);
    for (int i = 0; i < whole; i += LENGTH) {
      FloatVector in = fromArray(SPECIES, x, x0 + i);
      FloatVector a = in.abs().neg();
      a = a.blend(Functions.EXP_LEAST, a.compare(LT, Functions.EXP_LEAST));
      FloatVector shifted = a.fma(Functions.LOG2_E, Functions.ROUND);
      FloatVector power = shifted.sub(Functions.ROUND);
      FloatVector r = power.fma(broadcast(SPECIES, -Functions.LN_2_HIGH), a);
      r = power.fma(broadcast(SPECIES, -Functions.LN_2_LOW), r);
      FloatVector p = r.fma(Functions.EXP_7, Functions.EXP_6);
      p = p.fma(r, broadcast(SPECIES, Functions.EXP_5));
      p = p.fma(r, broadcast(SPECIES, Functions.EXP_4));
      p = p.fma(r, broadcast(SPECIES, Functions.EXP_3));
      p = p.fma(r, broadcast(SPECIES, Functions.EXP_2));
      p = p.fma(r.mul(r), r).add(1);
      IntVector bits = shifted.reinterpretAsInts().lanewise(LSHL, 23).add(127 << 23);
      FloatVector u = p.mul(bits.reinterpretAsFloats());
      FloatVector s = u.div(u.add(2f));
      FloatVector z = s.mul(s);
      p = z.fma(LOG_9, LOG_7).fma(z, broadcast(SPECIES, LOG_5));
      p = p.fma(z, broadcast(SPECIES, LOG_3)).mul(z);
      FloatVector most = in.blend(0f, in.compare(LT, 0f));
      p.fma(s, s.add(s)).add(most).intoArray(y, y0 + i);
    }
    if (whole < n) {
      float[] rest = ThreadScratch.floats(LENGTH);
      Strips.copy(x, x0 + whole, rest, 0, n - whole);
      apply(rest, 0, rest, 0, LENGTH);
      Strips.copy(rest, 0, y, y0 + whole, n - whole);
    }
  }

  /**
   * {@code z = 1 - exp(-y)}, the slope where the result is y; nothing of a small y is lost. z has
   * room for whole vectors.
   */
  static void slope(float[] y, int y0, float[] z, int z0, int n) {
    int whole = Lanes.whole(n);
    for (int i = 0; i < whole; i += LENGTH) {
      FloatVector a = fromArray(SPECIES, y, y0 + i).neg();
      a = a.blend(Functions.EXP_LEAST, a.compare(LT, Functions.EXP_LEAST));
      a = a.blend(Functions.EXP_MOST, a.compare(GT, Functions.EXP_MOST));
      FloatVector shifted = a.fma(Functions.LOG2_E, Functions.ROUND);
      FloatVector power = shifted.sub(Functions.ROUND);
      FloatVector r = power.fma(broadcast(SPECIES, -Functions.LN_2_HIGH), a);
      r = power.fma(broadcast(SPECIES, -Functions.LN_2_LOW), r);
      FloatVector p = r.fma(Functions.EXP_7, Functions.EXP_6);
      p = p.fma(r, broadcast(SPECIES, Functions.EXP_5));
      p = p.fma(r, broadcast(SPECIES, Functions.EXP_4));
      p = p.fma(r, broadcast(SPECIES, Functions.EXP_3));
      p = p.fma(r, broadcast(SPECIES, Functions.EXP_2));
      p = p.fma(r.mul(r), r);
      IntVector bits = shifted.reinterpretAsInts().lanewise(LSHL, 23).add(127 << 23);
      FloatVector scale = bits.reinterpretAsFloats();
      scale.neg().fma(p, broadcast(SPECIES, 1).sub(scale)).intoArray(z, z0 + i);
    }
    if (whole < n) {
      Strips.copy(y, y0 + whole, z, z0 + whole, n - whole);
      slope(z, z0 + whole, z, z0 + whole, LENGTH);
    }
  }
}
