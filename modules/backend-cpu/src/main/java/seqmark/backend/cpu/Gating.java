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
import seqmark.compute.op.Gate;

/**
 * {@link Gate} over strips of whole vectors. Results may be written in the place of the content,
 * and the gate's gradient in that of the gate.
 */
final class Gating {
  private Gating() {}

  /** {@code y = c * sigmoid(g)}: {@link Functions#sigmoid} and what it lets through in one loop. */
  static void multiply(float[] c, int c0, float[] g, int g0, float[] y, int y0, int n) {
    for (int i = 0; i < n; i += LENGTH) {
      FloatVector a = fromArray(SPECIES, g, g0 + i).neg();
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
      p = p.fma(r.mul(r), r).add(1);
      IntVector bits = shifted.reinterpretAsInts().lanewise(LSHL, 23).add(127 << 23);
      FloatVector divisor = p.fma(bits.reinterpretAsFloats(), broadcast(SPECIES, 1));
      fromArray(SPECIES, c, c0 + i).div(divisor).intoArray(y, y0 + i);
    }
  }

  /**
   * {@code dc = d * s * (1 - bend * c * c)} and {@code dg = d * c * (s - s * s)} with s the sigmoid
   * of g.
   *
   * @param bend 1 if the content is a tanh, 0 if it is as it came
   */
  static void gradient(
      float bend,
      float[] d,
      int d0,
      float[] c,
      int c0,
      float[] g,
      int g0,
      float[] dc,
      int dc0,
      float[] dg,
      int dg0,
      int n) {
    Functions.sigmoid(g, g0, dg, dg0, n);
    FloatVector one = broadcast(SPECIES, 1);
    for (int i = 0; i < n; i += LENGTH) {
      FloatVector s = fromArray(SPECIES, dg, dg0 + i);
      FloatVector given = fromArray(SPECIES, d, d0 + i);
      FloatVector content = fromArray(SPECIES, c, c0 + i);
      content.mul(-bend).fma(content, one).mul(given.mul(s)).intoArray(dc, dc0 + i);
      content.mul(given).mul(s.neg().fma(s, s)).intoArray(dg, dg0 + i);
    }
  }
}
