package seqmark.backend.cpu;

import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * The register tile of the matrix product: {@code C = D + A[rows, k] · B[k, COLUMNS]} with all of C
 * in vector registers (6 rows by 2 vectors fill the 16 registers of AVX2). D may be C.
 *
 * <p>Every element is one chain of fused multiply-adds in the order of k, so its bits do not depend
 * on where in a tile it lies. Fewer rows than the tile has are computed by repeating the last one:
 * the same values are stored again, which costs less than more code to compile.
 *
 * @param lda the distance of rows in A
 * @param ldc the distance of rows in C
 */
record Tile(int lda, int ldc) {
  /** Columns of a tile: two vectors. */
  static final int COLUMNS = 2 * LENGTH;

  /** Any number of rows, by tiles of 6 and of 4 so that few are computed in vain. */
  void multiply(
      float[] a,
      int a0,
      float[] b,
      int b0,
      int k,
      float[] d,
      int d0,
      int ldd,
      float[] c,
      int c0,
      int rows) {
    int row = 0;
    while (row < rows) {
      int left = rows - row;
      int aAt = a0 + row * lda;
      int dAt = d0 + row * ldd;
      int cAt = c0 + row * ldc;
      if (left == 5 || left == 6 || left > 8) {
        six(a, aAt, b, b0, k, d, dAt, ldd, c, cAt, Math.min(left, 6));
        row += 6;
      } else {
        four(a, aAt, b, b0, k, d, dAt, ldd, c, cAt, Math.min(left, 4));
        row += 4;
      }
    }
  }

  private void six(
      float[] a,
      int a0,
      float[] b,
      int b0,
      int k,
      float[] d,
      int d0,
      int ldd,
      float[] c,
      int c0,
      int rows) {
    int last = rows - 1;
    int r1 = Math.min(1, last);
    int r2 = Math.min(2, last);
    int r3 = Math.min(3, last);
    int r4 = Math.min(4, last);
    int r5 = Math.min(5, last);
    FloatVector l0 = FloatVector.fromArray(SPECIES, d, d0);
    FloatVector l1 = FloatVector.fromArray(SPECIES, d, d0 + r1 * ldd);
    FloatVector l2 = FloatVector.fromArray(SPECIES, d, d0 + r2 * ldd);
    FloatVector l3 = FloatVector.fromArray(SPECIES, d, d0 + r3 * ldd);
    FloatVector l4 = FloatVector.fromArray(SPECIES, d, d0 + r4 * ldd);
    FloatVector l5 = FloatVector.fromArray(SPECIES, d, d0 + r5 * ldd);
    FloatVector h0 = FloatVector.fromArray(SPECIES, d, d0 + LENGTH);
    FloatVector h1 = FloatVector.fromArray(SPECIES, d, d0 + r1 * ldd + LENGTH);
    FloatVector h2 = FloatVector.fromArray(SPECIES, d, d0 + r2 * ldd + LENGTH);
    FloatVector h3 = FloatVector.fromArray(SPECIES, d, d0 + r3 * ldd + LENGTH);
    FloatVector h4 = FloatVector.fromArray(SPECIES, d, d0 + r4 * ldd + LENGTH);
    FloatVector h5 = FloatVector.fromArray(SPECIES, d, d0 + r5 * ldd + LENGTH);
    int a1 = a0 + r1 * lda;
    int a2 = a0 + r2 * lda;
    int a3 = a0 + r3 * lda;
    int a4 = a0 + r4 * lda;
    int a5 = a0 + r5 * lda;
    for (int p = 0; p < k; p++) {
      FloatVector low = FloatVector.fromArray(SPECIES, b, b0 + p * COLUMNS);
      FloatVector high = FloatVector.fromArray(SPECIES, b, b0 + p * COLUMNS + LENGTH);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[a0 + p]);
      l0 = x0.fma(low, l0);
      h0 = x0.fma(high, h0);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + p]);
      l1 = x1.fma(low, l1);
      h1 = x1.fma(high, h1);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + p]);
      l2 = x2.fma(low, l2);
      h2 = x2.fma(high, h2);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[a3 + p]);
      l3 = x3.fma(low, l3);
      h3 = x3.fma(high, h3);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[a4 + p]);
      l4 = x4.fma(low, l4);
      h4 = x4.fma(high, h4);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[a5 + p]);
      l5 = x5.fma(low, l5);
      h5 = x5.fma(high, h5);
    }
    l0.intoArray(c, c0);
    l1.intoArray(c, c0 + r1 * ldc);
    l2.intoArray(c, c0 + r2 * ldc);
    l3.intoArray(c, c0 + r3 * ldc);
    l4.intoArray(c, c0 + r4 * ldc);
    l5.intoArray(c, c0 + r5 * ldc);
    h0.intoArray(c, c0 + LENGTH);
    h1.intoArray(c, c0 + r1 * ldc + LENGTH);
    h2.intoArray(c, c0 + r2 * ldc + LENGTH);
    h3.intoArray(c, c0 + r3 * ldc + LENGTH);
    h4.intoArray(c, c0 + r4 * ldc + LENGTH);
    h5.intoArray(c, c0 + r5 * ldc + LENGTH);
  }

  private void four(
      float[] a,
      int a0,
      float[] b,
      int b0,
      int k,
      float[] d,
      int d0,
      int ldd,
      float[] c,
      int c0,
      int rows) {
    int last = rows - 1;
    int r1 = Math.min(1, last);
    int r2 = Math.min(2, last);
    int r3 = Math.min(3, last);
    FloatVector l0 = FloatVector.fromArray(SPECIES, d, d0);
    FloatVector l1 = FloatVector.fromArray(SPECIES, d, d0 + r1 * ldd);
    FloatVector l2 = FloatVector.fromArray(SPECIES, d, d0 + r2 * ldd);
    FloatVector l3 = FloatVector.fromArray(SPECIES, d, d0 + r3 * ldd);
    FloatVector h0 = FloatVector.fromArray(SPECIES, d, d0 + LENGTH);
    FloatVector h1 = FloatVector.fromArray(SPECIES, d, d0 + r1 * ldd + LENGTH);
    FloatVector h2 = FloatVector.fromArray(SPECIES, d, d0 + r2 * ldd + LENGTH);
    FloatVector h3 = FloatVector.fromArray(SPECIES, d, d0 + r3 * ldd + LENGTH);
    int a1 = a0 + r1 * lda;
    int a2 = a0 + r2 * lda;
    int a3 = a0 + r3 * lda;
    for (int p = 0; p < k; p++) {
      FloatVector low = FloatVector.fromArray(SPECIES, b, b0 + p * COLUMNS);
      FloatVector high = FloatVector.fromArray(SPECIES, b, b0 + p * COLUMNS + LENGTH);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[a0 + p]);
      l0 = x0.fma(low, l0);
      h0 = x0.fma(high, h0);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + p]);
      l1 = x1.fma(low, l1);
      h1 = x1.fma(high, h1);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + p]);
      l2 = x2.fma(low, l2);
      h2 = x2.fma(high, h2);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[a3 + p]);
      l3 = x3.fma(low, l3);
      h3 = x3.fma(high, h3);
    }
    l0.intoArray(c, c0);
    l1.intoArray(c, c0 + r1 * ldc);
    l2.intoArray(c, c0 + r2 * ldc);
    l3.intoArray(c, c0 + r3 * ldc);
    h0.intoArray(c, c0 + LENGTH);
    h1.intoArray(c, c0 + r1 * ldc + LENGTH);
    h2.intoArray(c, c0 + r2 * ldc + LENGTH);
    h3.intoArray(c, c0 + r3 * ldc + LENGTH);
  }
}
