package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Softmax over scores {@code [keys, Heads.BLOCK]} with a query per lane, in base 2. What a query
 * sums up over keys stays in its lane: nothing is added across lanes.
 *
 * <p>Comparisons and blends stand for {@code max} and {@code min}, which take six instructions each
 * because of NaN. Constants are local variables: those in fields are read again after every store.
 */
final class QuerySoftmax {
  private static final int BLOCK = Heads.BLOCK;

  /** Added and subtracted again, it rounds to a whole number, found in the lowest bits between. */
  private static final float ROUND = 0x1.8p23f;

  /** 2 to the power of this is 0, by the bits of its exponent. */
  private static final float LEAST = -127;

  /** And of this infinite: shifts that are rounded may lie far below scores that are huge. */
  private static final float MOST = 128;

  // (2^r - 1) / r for r from -1/2 to 1/2, by Remez: 2^r comes within 0.7 ulp.
  private static final float C1 = 0.6931472f;
  private static final float C2 = 0.24022648f;
  private static final float C3 = 0.055503324f;
  private static final float C4 = 0.009618437f;
  private static final float C5 = 0.0013398874f;
  private static final float C6 = 0.00015353362f;

  private QuerySoftmax() {}

  /** Hides key j from the lanes below {@code j - apart}. */
  static void hide(float[] x, int x0, int keys, int apart) {
    FloatVector hidden = broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    FloatVector zero = broadcast(SPECIES, 0);
    for (int i = 0; i < BLOCK; i += LENGTH) {
      FloatVector lanes = zero.addIndex(1).add((float) (i + apart));
      for (int j = Math.max(0, apart + i + 1); j < keys; j++) {
        int at = x0 + j * BLOCK + i;
        FloatVector score = fromArray(SPECIES, x, at);
        score.blend(hidden, lanes.compare(VectorOperators.LT, (float) j)).intoArray(x, at);
      }
    }
  }

  /** The largest score of each query, 0 where all are hidden; leaves out those that are NaN. */
  static void maxima(float[] x, int x0, int keys, float[] y, int y0) {
    for (int i = 0; i < BLOCK; i += LENGTH) {
      FloatVector max = broadcast(SPECIES, Float.NEGATIVE_INFINITY);
      int at = x0 + i;
      int fours = keys & -4;
      for (int j = 0; j < fours; j += 4) {
        FloatVector a = fromArray(SPECIES, x, at + j * BLOCK);
        FloatVector b = fromArray(SPECIES, x, at + j * BLOCK + BLOCK);
        FloatVector c = fromArray(SPECIES, x, at + j * BLOCK + 2 * BLOCK);
        FloatVector d = fromArray(SPECIES, x, at + j * BLOCK + 3 * BLOCK);
        a = a.blend(b, b.compare(VectorOperators.GT, a));
        c = c.blend(d, d.compare(VectorOperators.GT, c));
        max = max.blend(a, a.compare(VectorOperators.GT, max));
        max = max.blend(c, c.compare(VectorOperators.GT, max));
      }
      for (int j = fours; j < keys; j++) {
        FloatVector a = fromArray(SPECIES, x, at + j * BLOCK);
        max = max.blend(a, a.compare(VectorOperators.GT, max));
      }
      max.blend(0, max.compare(VectorOperators.EQ, Float.NEGATIVE_INFINITY)).intoArray(y, y0 + i);
    }
  }

  /** {@code x = 2^(x - shift)}, and each query's sum of it, 1 for 0. */
  static void weigh(float[] x, int x0, int keys, float[] shifts, int s0, float[] sums, int z0) {
    FloatVector least = broadcast(SPECIES, LEAST);
    FloatVector round = broadcast(SPECIES, ROUND);
    FloatVector one = broadcast(SPECIES, 1);
    FloatVector c1 = broadcast(SPECIES, C1);
    FloatVector c2 = broadcast(SPECIES, C2);
    FloatVector c3 = broadcast(SPECIES, C3);
    FloatVector c4 = broadcast(SPECIES, C4);
    FloatVector c5 = broadcast(SPECIES, C5);
    FloatVector c6 = broadcast(SPECIES, C6);
    for (int i = 0; i < BLOCK; i += LENGTH) {
      FloatVector shift = fromArray(SPECIES, shifts, s0 + i);
      FloatVector sum = broadcast(SPECIES, 0);
      for (int j = 0; j < keys; j++) {
        FloatVector a = fromArray(SPECIES, x, x0 + i + j * BLOCK).sub(shift);
        a = a.blend(least, a.compare(VectorOperators.LT, least));
        FloatVector shifted = a.add(round);
        FloatVector r = a.sub(shifted.sub(round));
        FloatVector p = r.fma(c6, c5).fma(r, c4).fma(r, c3).fma(r, c2).fma(r, c1).fma(r, one);
        IntVector bits = shifted.reinterpretAsInts().add(127).lanewise(VectorOperators.LSHL, 23);
        FloatVector weight = p.mul(bits.reinterpretAsFloats());
        weight.intoArray(x, x0 + i + j * BLOCK);
        sum = sum.add(weight);
      }
      sum.blend(1, sum.compare(VectorOperators.EQ, 0f)).intoArray(sums, z0 + i);
    }
  }

  /** The same, and each query's mean of d by these weights. */
  static void weighAgain(
      float[] x,
      int x0,
      int keys,
      float[] shifts,
      int s0,
      float[] d,
      int d0,
      float[] means,
      int z0) {
    FloatVector least = broadcast(SPECIES, LEAST);
    FloatVector most = broadcast(SPECIES, MOST);
    FloatVector round = broadcast(SPECIES, ROUND);
    FloatVector one = broadcast(SPECIES, 1);
    FloatVector c1 = broadcast(SPECIES, C1);
    FloatVector c2 = broadcast(SPECIES, C2);
    FloatVector c3 = broadcast(SPECIES, C3);
    FloatVector c4 = broadcast(SPECIES, C4);
    FloatVector c5 = broadcast(SPECIES, C5);
    FloatVector c6 = broadcast(SPECIES, C6);
    for (int i = 0; i < BLOCK; i += LENGTH) {
      FloatVector shift = fromArray(SPECIES, shifts, s0 + i);
      FloatVector mean = broadcast(SPECIES, 0);
      for (int j = 0; j < keys; j++) {
        FloatVector a = fromArray(SPECIES, x, x0 + i + j * BLOCK).sub(shift);
        a = a.blend(least, a.compare(VectorOperators.LT, least));
        a = a.blend(most, a.compare(VectorOperators.GT, most));
        FloatVector shifted = a.add(round);
        FloatVector r = a.sub(shifted.sub(round));
        FloatVector p = r.fma(c6, c5).fma(r, c4).fma(r, c3).fma(r, c2).fma(r, c1).fma(r, one);
        IntVector bits = shifted.reinterpretAsInts().add(127).lanewise(VectorOperators.LSHL, 23);
        FloatVector weight = p.mul(bits.reinterpretAsFloats());
        weight.intoArray(x, x0 + i + j * BLOCK);
        mean = weight.fma(fromArray(SPECIES, d, d0 + i + j * BLOCK), mean);
      }
      mean.intoArray(means, z0 + i);
    }
  }

  /** {@code d = w * (d - mean)}: the gradient of weights becomes that of scores. */
  static void gradient(float[] w, int w0, int keys, float[] means, int m0, float[] d, int d0) {
    for (int i = 0; i < BLOCK; i += LENGTH) {
      FloatVector mean = fromArray(SPECIES, means, m0 + i);
      for (int j = 0; j < keys; j++) {
        FloatVector apart = fromArray(SPECIES, d, d0 + i + j * BLOCK).sub(mean);
        fromArray(SPECIES, w, w0 + i + j * BLOCK).mul(apart).intoArray(d, d0 + i + j * BLOCK);
      }
    }
  }

  /** {@code x -= slope * |queries - keys|}. */
  static void slant(
      float[] x, int x0, int count, float slope, float[] queries, int q0, float[] keys, int k0) {
    FloatVector down = broadcast(SPECIES, -slope);
    for (int i = 0; i < BLOCK; i += LENGTH) {
      FloatVector query = fromArray(SPECIES, queries, q0 + i);
      for (int j = 0; j < count; j++) {
        int at = x0 + i + j * BLOCK;
        FloatVector apart = query.sub(keys[k0 + j]).abs();
        apart.fma(down, fromArray(SPECIES, x, at)).intoArray(x, at);
      }
    }
  }
}
