package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * Register tiles of {@code C[queries, width] = A · B[keys, width]}, where A has a query per lane:
 * {@code [keys, Heads.BLOCK]}. B is packed by {@link Heads#pack}.
 */
final class QueryTile {
  private static final int COLUMNS = Heads.BLOCK;
  private static final boolean MANY_REGISTERS = LENGTH > 8;

  /** Rows are computed so many at a time. */
  static final int ROWS = MANY_REGISTERS ? 16 : 8;

  private QueryTile() {}

  /**
   * Computes {@link #ROWS} rows of C.
   *
   * @param k how many keys
   * @param ldb how many rows B was packed of
   * @param width the distance of rows in C, a multiple of a vector
   */
  static void multiply(
      float[] a, int a0, float[] b, int b0, int k, int ldb, int width, float[] c, int c0) {
    int column = 0;
    for (; column + COLUMNS <= width; column += COLUMNS) {
      int bAt = b0 + column * ldb;
      for (int row = 0; row < ROWS; row += MANY_REGISTERS ? 8 : 4) {
        int cAt = c0 + row * width + column;
        if (MANY_REGISTERS) {
          eight(a, a0 + row, b, bAt, k, c, cAt, width);
        } else {
          four(a, a0 + row, b, bAt, k, c, cAt, width);
        }
      }
    }
    if (column < width) {
      if (MANY_REGISTERS) {
        narrowSixteen(a, a0, b, b0 + column * ldb, k, c, c0 + column, width);
      } else {
        narrowEight(a, a0, b, b0 + column * ldb, k, c, c0 + column, width);
      }
    }
  }

  private static void eight(
      float[] a, int a0, float[] b, int b0, int k, float[] c, int c0, int ldc) {
    FloatVector l0 = broadcast(SPECIES, 0);
    FloatVector l1 = broadcast(SPECIES, 0);
    FloatVector l2 = broadcast(SPECIES, 0);
    FloatVector l3 = broadcast(SPECIES, 0);
    FloatVector l4 = broadcast(SPECIES, 0);
    FloatVector l5 = broadcast(SPECIES, 0);
    FloatVector l6 = broadcast(SPECIES, 0);
    FloatVector l7 = broadcast(SPECIES, 0);
    FloatVector h0 = broadcast(SPECIES, 0);
    FloatVector h1 = broadcast(SPECIES, 0);
    FloatVector h2 = broadcast(SPECIES, 0);
    FloatVector h3 = broadcast(SPECIES, 0);
    FloatVector h4 = broadcast(SPECIES, 0);
    FloatVector h5 = broadcast(SPECIES, 0);
    FloatVector h6 = broadcast(SPECIES, 0);
    FloatVector h7 = broadcast(SPECIES, 0);
    for (int p = 0; p < k; p++) {
      int at = a0 + p * COLUMNS;
      FloatVector low = fromArray(SPECIES, b, b0 + p * COLUMNS);
      FloatVector high = fromArray(SPECIES, b, b0 + p * COLUMNS + LENGTH);
      FloatVector x0 = broadcast(SPECIES, a[at]);
      l0 = x0.fma(low, l0);
      h0 = x0.fma(high, h0);
      FloatVector x1 = broadcast(SPECIES, a[at + 1]);
      l1 = x1.fma(low, l1);
      h1 = x1.fma(high, h1);
      FloatVector x2 = broadcast(SPECIES, a[at + 2]);
      l2 = x2.fma(low, l2);
      h2 = x2.fma(high, h2);
      FloatVector x3 = broadcast(SPECIES, a[at + 3]);
      l3 = x3.fma(low, l3);
      h3 = x3.fma(high, h3);
      FloatVector x4 = broadcast(SPECIES, a[at + 4]);
      l4 = x4.fma(low, l4);
      h4 = x4.fma(high, h4);
      FloatVector x5 = broadcast(SPECIES, a[at + 5]);
      l5 = x5.fma(low, l5);
      h5 = x5.fma(high, h5);
      FloatVector x6 = broadcast(SPECIES, a[at + 6]);
      l6 = x6.fma(low, l6);
      h6 = x6.fma(high, h6);
      FloatVector x7 = broadcast(SPECIES, a[at + 7]);
      l7 = x7.fma(low, l7);
      h7 = x7.fma(high, h7);
    }
    l0.intoArray(c, c0);
    l1.intoArray(c, c0 + ldc);
    l2.intoArray(c, c0 + 2 * ldc);
    l3.intoArray(c, c0 + 3 * ldc);
    l4.intoArray(c, c0 + 4 * ldc);
    l5.intoArray(c, c0 + 5 * ldc);
    l6.intoArray(c, c0 + 6 * ldc);
    l7.intoArray(c, c0 + 7 * ldc);
    h0.intoArray(c, c0 + LENGTH);
    h1.intoArray(c, c0 + ldc + LENGTH);
    h2.intoArray(c, c0 + 2 * ldc + LENGTH);
    h3.intoArray(c, c0 + 3 * ldc + LENGTH);
    h4.intoArray(c, c0 + 4 * ldc + LENGTH);
    h5.intoArray(c, c0 + 5 * ldc + LENGTH);
    h6.intoArray(c, c0 + 6 * ldc + LENGTH);
    h7.intoArray(c, c0 + 7 * ldc + LENGTH);
  }

  private static void four(
      float[] a, int a0, float[] b, int b0, int k, float[] c, int c0, int ldc) {
    FloatVector l0 = broadcast(SPECIES, 0);
    FloatVector l1 = broadcast(SPECIES, 0);
    FloatVector l2 = broadcast(SPECIES, 0);
    FloatVector l3 = broadcast(SPECIES, 0);
    FloatVector h0 = broadcast(SPECIES, 0);
    FloatVector h1 = broadcast(SPECIES, 0);
    FloatVector h2 = broadcast(SPECIES, 0);
    FloatVector h3 = broadcast(SPECIES, 0);
    for (int p = 0; p < k; p++) {
      int at = a0 + p * COLUMNS;
      FloatVector low = fromArray(SPECIES, b, b0 + p * COLUMNS);
      FloatVector high = fromArray(SPECIES, b, b0 + p * COLUMNS + LENGTH);
      FloatVector x0 = broadcast(SPECIES, a[at]);
      l0 = x0.fma(low, l0);
      h0 = x0.fma(high, h0);
      FloatVector x1 = broadcast(SPECIES, a[at + 1]);
      l1 = x1.fma(low, l1);
      h1 = x1.fma(high, h1);
      FloatVector x2 = broadcast(SPECIES, a[at + 2]);
      l2 = x2.fma(low, l2);
      h2 = x2.fma(high, h2);
      FloatVector x3 = broadcast(SPECIES, a[at + 3]);
      l3 = x3.fma(low, l3);
      h3 = x3.fma(high, h3);
    }
    l0.intoArray(c, c0);
    l1.intoArray(c, c0 + ldc);
    l2.intoArray(c, c0 + 2 * ldc);
    l3.intoArray(c, c0 + 3 * ldc);
    h0.intoArray(c, c0 + LENGTH);
    h1.intoArray(c, c0 + ldc + LENGTH);
    h2.intoArray(c, c0 + 2 * ldc + LENGTH);
    h3.intoArray(c, c0 + 3 * ldc + LENGTH);
  }

  private static void narrowSixteen(
      float[] a, int a0, float[] b, int b0, int k, float[] c, int c0, int ldc) {
    FloatVector s0 = broadcast(SPECIES, 0);
    FloatVector s1 = broadcast(SPECIES, 0);
    FloatVector s2 = broadcast(SPECIES, 0);
    FloatVector s3 = broadcast(SPECIES, 0);
    FloatVector s4 = broadcast(SPECIES, 0);
    FloatVector s5 = broadcast(SPECIES, 0);
    FloatVector s6 = broadcast(SPECIES, 0);
    FloatVector s7 = broadcast(SPECIES, 0);
    FloatVector s8 = broadcast(SPECIES, 0);
    FloatVector s9 = broadcast(SPECIES, 0);
    FloatVector s10 = broadcast(SPECIES, 0);
    FloatVector s11 = broadcast(SPECIES, 0);
    FloatVector s12 = broadcast(SPECIES, 0);
    FloatVector s13 = broadcast(SPECIES, 0);
    FloatVector s14 = broadcast(SPECIES, 0);
    FloatVector s15 = broadcast(SPECIES, 0);
    for (int p = 0; p < k; p++) {
      int at = a0 + p * COLUMNS;
      FloatVector y = fromArray(SPECIES, b, b0 + p * LENGTH);
      s0 = broadcast(SPECIES, a[at]).fma(y, s0);
      s1 = broadcast(SPECIES, a[at + 1]).fma(y, s1);
      s2 = broadcast(SPECIES, a[at + 2]).fma(y, s2);
      s3 = broadcast(SPECIES, a[at + 3]).fma(y, s3);
      s4 = broadcast(SPECIES, a[at + 4]).fma(y, s4);
      s5 = broadcast(SPECIES, a[at + 5]).fma(y, s5);
      s6 = broadcast(SPECIES, a[at + 6]).fma(y, s6);
      s7 = broadcast(SPECIES, a[at + 7]).fma(y, s7);
      s8 = broadcast(SPECIES, a[at + 8]).fma(y, s8);
      s9 = broadcast(SPECIES, a[at + 9]).fma(y, s9);
      s10 = broadcast(SPECIES, a[at + 10]).fma(y, s10);
      s11 = broadcast(SPECIES, a[at + 11]).fma(y, s11);
      s12 = broadcast(SPECIES, a[at + 12]).fma(y, s12);
      s13 = broadcast(SPECIES, a[at + 13]).fma(y, s13);
      s14 = broadcast(SPECIES, a[at + 14]).fma(y, s14);
      s15 = broadcast(SPECIES, a[at + 15]).fma(y, s15);
    }
    s0.intoArray(c, c0);
    s1.intoArray(c, c0 + ldc);
    s2.intoArray(c, c0 + 2 * ldc);
    s3.intoArray(c, c0 + 3 * ldc);
    s4.intoArray(c, c0 + 4 * ldc);
    s5.intoArray(c, c0 + 5 * ldc);
    s6.intoArray(c, c0 + 6 * ldc);
    s7.intoArray(c, c0 + 7 * ldc);
    s8.intoArray(c, c0 + 8 * ldc);
    s9.intoArray(c, c0 + 9 * ldc);
    s10.intoArray(c, c0 + 10 * ldc);
    s11.intoArray(c, c0 + 11 * ldc);
    s12.intoArray(c, c0 + 12 * ldc);
    s13.intoArray(c, c0 + 13 * ldc);
    s14.intoArray(c, c0 + 14 * ldc);
    s15.intoArray(c, c0 + 15 * ldc);
  }

  private static void narrowEight(
      float[] a, int a0, float[] b, int b0, int k, float[] c, int c0, int ldc) {
    FloatVector s0 = broadcast(SPECIES, 0);
    FloatVector s1 = broadcast(SPECIES, 0);
    FloatVector s2 = broadcast(SPECIES, 0);
    FloatVector s3 = broadcast(SPECIES, 0);
    FloatVector s4 = broadcast(SPECIES, 0);
    FloatVector s5 = broadcast(SPECIES, 0);
    FloatVector s6 = broadcast(SPECIES, 0);
    FloatVector s7 = broadcast(SPECIES, 0);
    for (int p = 0; p < k; p++) {
      int at = a0 + p * COLUMNS;
      FloatVector y = fromArray(SPECIES, b, b0 + p * LENGTH);
      s0 = broadcast(SPECIES, a[at]).fma(y, s0);
      s1 = broadcast(SPECIES, a[at + 1]).fma(y, s1);
      s2 = broadcast(SPECIES, a[at + 2]).fma(y, s2);
      s3 = broadcast(SPECIES, a[at + 3]).fma(y, s3);
      s4 = broadcast(SPECIES, a[at + 4]).fma(y, s4);
      s5 = broadcast(SPECIES, a[at + 5]).fma(y, s5);
      s6 = broadcast(SPECIES, a[at + 6]).fma(y, s6);
      s7 = broadcast(SPECIES, a[at + 7]).fma(y, s7);
    }
    s0.intoArray(c, c0);
    s1.intoArray(c, c0 + ldc);
    s2.intoArray(c, c0 + 2 * ldc);
    s3.intoArray(c, c0 + 3 * ldc);
    s4.intoArray(c, c0 + 4 * ldc);
    s5.intoArray(c, c0 + 5 * ldc);
    s6.intoArray(c, c0 + 6 * ldc);
    s7.intoArray(c, c0 + 7 * ldc);
  }
}
