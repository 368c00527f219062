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

/** {@link Function#SILU} over strips; a result may be written in the place of an operand. */
final class Silu {
  private Silu() {}

  /** {@code y = x / (1 + exp(-x))}, within 2.5 ulp: {@link Functions#exp} and a division. */
  static void apply(float[] x, int x0, float[] y, int y0, int n) {
    int whole = Lanes.whole(n);
    for (int i = 0; i < whole; i += LENGTH) {
      FloatVector in = fromArray(SPECIES, x, x0 + i);
      FloatVector a = in.neg();
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
      FloatVector exp1 = p.fma(bits.reinterpretAsFloats(), broadcast(SPECIES, 1));
      in.div(exp1).intoArray(y, y0 + i);
    }
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
