package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * {@code tanh(q + k) = 1 - 2 r} with {@code r = 1 / (1 + e^2q e^2k)}: where each query meets each
 * key, a tanh is a multiply-add and a division of powers that are computed once for each. It is
 * within 3e-7, unless both lie beyond 34 on opposite sides.
 */
final class AdditiveTanh {
  /** Bounds of powers, lest a product be 0 times infinity. */
  private static final float LEAST = Float.MIN_NORMAL;

  private static final float MOST = Float.MAX_VALUE;

  private AdditiveTanh() {}

  /** {@code y = e^2x}. */
  static void powers(float[] x, int x0, float[] y, int y0, int n) {
    Functions.exp(2, x, x0, 0, y, y0, n);
    int whole = Lanes.whole(n);
    for (int i = 0; i < whole; i += LENGTH) {
      FloatVector a = fromArray(SPECIES, y, y0 + i);
      a = a.blend(LEAST, a.compare(LT, LEAST)).blend(MOST, a.compare(GT, MOST));
      a.intoArray(y, y0 + i);
    }
    for (int i = whole; i < n; i++) {
      y[y0 + i] = Math.min(Math.max(y[y0 + i], LEAST), MOST);
    }
  }

  /** The sum of {@code v * r} over columns, in the order of {@link Strips#dot}. */
  static float sum(float[] q, int q0, float[] k, int k0, float[] v, int v0, int n) {
    FloatVector one = broadcast(SPECIES, 1);
    FloatVector a = broadcast(SPECIES, 0);
    FloatVector b = broadcast(SPECIES, 0);
    int whole = Lanes.wholeSum(n);
    for (int i = 0; i < whole; i += Lanes.SUM) {
      FloatVector d = fromArray(SPECIES, q, q0 + i).fma(fromArray(SPECIES, k, k0 + i), one);
      a = a.add(fromArray(SPECIES, v, v0 + i).div(d));
      if (Lanes.SUM > LENGTH) {
        int j = i + LENGTH;
        FloatVector e = fromArray(SPECIES, q, q0 + j).fma(fromArray(SPECIES, k, k0 + j), one);
        b = b.add(fromArray(SPECIES, v, v0 + j).div(e));
      }
    }
    FloatVector lanes = a.add(b);
    if (LENGTH > 8) {
      lanes = lanes.add(lanes.rearrange(Lanes.BY_8));
    }
    if (LENGTH > 4) {
      lanes = lanes.add(lanes.rearrange(Lanes.BY_4));
    }
    lanes = lanes.add(lanes.rearrange(Lanes.BY_2));
    lanes = lanes.add(lanes.rearrange(Lanes.BY_1));
    float sum = lanes.lane(0);
    for (int i = whole; i < n; i++) {
      sum += v[v0 + i] / Math.fma(q[q0 + i], k[k0 + i], 1);
    }
    return sum;
  }
}
