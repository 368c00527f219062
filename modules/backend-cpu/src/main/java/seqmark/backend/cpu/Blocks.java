package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** Small pieces of matrices: transposes, and products too narrow for tiles. */
final class Blocks {
  private static final int TILE = 8;

  private Blocks() {}

  /**
   * {@code to[columns, rows] = from[rows, columns]ᵀ}, in squares of 8 by 8: eight lines of cache
   * are read along and written along.
   */
  static void transpose(
      float[] from, int f0, int ldf, int rows, int columns, float[] to, int t0, int ldt) {
    int row = 0;
    for (; row + TILE <= rows; row += TILE) {
      int f = f0 + row * ldf;
      for (int column = 0; column < columns; column++) {
        int t = t0 + column * ldt + row;
        to[t] = from[f + column];
        to[t + 1] = from[f + ldf + column];
        to[t + 2] = from[f + 2 * ldf + column];
        to[t + 3] = from[f + 3 * ldf + column];
        to[t + 4] = from[f + 4 * ldf + column];
        to[t + 5] = from[f + 5 * ldf + column];
        to[t + 6] = from[f + 6 * ldf + column];
        to[t + 7] = from[f + 7 * ldf + column];
      }
    }
    for (; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        to[t0 + column * ldt + row] = from[f0 + row * ldf + column];
      }
    }
  }

  /** {@code C += A · B} a row and a vector of columns at a time. */
  static void multiply(
      float[] a,
      int a0,
      int lda,
      float[] b,
      int b0,
      int ldb,
      int k,
      float[] c,
      int c0,
      int ldc,
      int rows,
      int n) {
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < n; column += LENGTH) {
        VectorMask<Float> mask = SPECIES.indexInRange(column, n);
        int at = c0 + row * ldc + column;
        FloatVector sum = fromArray(SPECIES, c, at, mask);
        for (int i = 0; i < k; i++) {
          FloatVector x = broadcast(SPECIES, a[a0 + row * lda + i]);
          sum = x.fma(fromArray(SPECIES, b, b0 + i * ldb + column, mask), sum);
        }
        sum.intoArray(c, at, mask);
      }
    }
  }
}
