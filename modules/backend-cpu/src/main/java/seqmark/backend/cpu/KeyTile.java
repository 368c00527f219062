package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * Register tiles of {@code C[keys, width] += A[keys, queries] · B[queries, width]}, where rows of A
 * are {@link Heads#BLOCK} apart. B is packed by {@link Heads#pack}.
 */
final class KeyTile {
  private static final int COLUMNS = Heads.BLOCK;
  private static final boolean MANY_REGISTERS = LENGTH > 8;

  /** Rows are computed so many at a time. */
  static final int ROWS = MANY_REGISTERS ? 16 : 8;

  private KeyTile() {}

  /**
   * Adds {@code k} terms, of which the first is row {@code first} of B, to {@link #ROWS} rows of C.
   *
   * @param ldb how many rows B was packed of
   * @param width the distance of rows in C, a multiple of a vector
   */
  static void multiply(
      float[] a,
      int a0,
      float[] b,
      int b0,
      int first,
      int k,
      int ldb,
      int width,
      float[] c,
      int c0) {
    int column = 0;
    for (; column + COLUMNS <= width; column += COLUMNS) {
      int bAt = b0 + column * ldb + first * COLUMNS;
      for (int row = 0; row < ROWS; row += MANY_REGISTERS ? 8 : 4) {
        int aAt = a0 + row * COLUMNS;
        int cAt = c0 + row * width + column;
        if (MANY_REGISTERS) {
          eight(a, aAt, b, bAt, k, c, cAt, width);
        } else {
          four(a, aAt, b, bAt, k, c, cAt, width);
        }
      }
    }
    if (column < width) {
      int bAt = b0 + column * ldb + first * LENGTH;
      if (MANY_REGISTERS) {
        narrowSixteen(a, a0, b, bAt, k, c, c0 + column, width);
      } else {
        narrowEight(a, a0, b, bAt, k, c, c0 + column, width);
      }
    }
  }

  private static void eight(
      float[] a, int a0, float[] b, int b0, int k, float[] c, int c0, int ldc) {
    FloatVector l0 = fromArray(SPECIES, c, c0);
    FloatVector l1 = fromArray(SPECIES, c, c0 + ldc);
    FloatVector l2 = fromArray(SPECIES, c, c0 + 2 * ldc);
    FloatVector l3 = fromArray(SPECIES, c, c0 + 3 * ldc);
    FloatVector l4 = fromArray(SPECIES, c, c0 + 4 * ldc);
    FloatVector l5 = fromArray(SPECIES, c, c0 + 5 * ldc);
    FloatVector l6 = fromArray(SPECIES, c, c0 + 6 * ldc);
    FloatVector l7 = fromArray(SPECIES, c, c0 + 7 * ldc);
    FloatVector h0 = fromArray(SPECIES, c, c0 + LENGTH);
    FloatVector h1 = fromArray(SPECIES, c, c0 + ldc + LENGTH);
    FloatVector h2 = fromArray(SPECIES, c, c0 + 2 * ldc + LENGTH);
    FloatVector h3 = fromArray(SPECIES, c, c0 + 3 * ldc + LENGTH);
    FloatVector h4 = fromArray(SPECIES, c, c0 + 4 * ldc + LENGTH);
    FloatVector h5 = fromArray(SPECIES, c, c0 + 5 * ldc + LENGTH);
    FloatVector h6 = fromArray(SPECIES, c, c0 + 6 * ldc + LENGTH);
    FloatVector h7 = fromArray(SPECIES, c, c0 + 7 * ldc + LENGTH);
    for (int p = 0; p < k; p++) {
      int at = a0 + p;
      FloatVector low = fromArray(SPECIES, b, b0 + p * COLUMNS);
      FloatVector high = fromArray(SPECIES, b, b0 + p * COLUMNS + LENGTH);
      FloatVector x0 = broadcast(SPECIES, a[at]);
      l0 = x0.fma(low, l0);
      h0 = x0.fma(high, h0);
      FloatVector x1 = broadcast(SPECIES, a[at + COLUMNS]);
      l1 = x1.fma(low, l1);
      h1 = x1.fma(high, h1);
      FloatVector x2 = broadcast(SPECIES, a[at + 2 * COLUMNS]);
      l2 = x2.fma(low, l2);
      h2 = x2.fma(high, h2);
      FloatVector x3 = broadcast(SPECIES, a[at + 3 * COLUMNS]);
      l3 = x3.fma(low, l3);
      h3 = x3.fma(high, h3);
      FloatVector x4 = broadcast(SPECIES, a[at + 4 * COLUMNS]);
      l4 = x4.fma(low, l4);
      h4 = x4.fma(high, h4);
      FloatVector x5 = broadcast(SPECIES, a[at + 5 * COLUMNS]);
      l5 = x5.fma(low, l5);
      h5 = x5.fma(high, h5);
      FloatVector x6 = broadcast(SPECIES, a[at + 6 * COLUMNS]);
      l6 = x6.fma(low, l6);
      h6 = x6.fma(high, h6);
      FloatVector x7 = broadcast(SPECIES, a[at + 7 * COLUMNS]);
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
    FloatVector l0 = fromArray(SPECIES, c, c0);
    FloatVector l1 = fromArray(SPECIES, c, c0 + ldc);
    FloatVector l2 = fromArray(SPECIES, c, c0 + 2 * ldc);
    FloatVector l3 = fromArray(SPECIES, c, c0 + 3 * ldc);
    FloatVector h0 = fromArray(SPECIES, c, c0 + LENGTH);
    FloatVector h1 = fromArray(SPECIES, c, c0 + ldc + LENGTH);
    FloatVector h2 = fromArray(SPECIES, c, c0 + 2 * ldc + LENGTH);
    FloatVector h3 = fromArray(SPECIES, c, c0 + 3 * ldc + LENGTH);
    for (int p = 0; p < k; p++) {
      int at = a0 + p;
      FloatVector low = fromArray(SPECIES, b, b0 + p * COLUMNS);
      FloatVector high = fromArray(SPECIES, b, b0 + p * COLUMNS + LENGTH);
      FloatVector x0 = broadcast(SPECIES, a[at]);
      l0 = x0.fma(low, l0);
      h0 = x0.fma(high, h0);
      FloatVector x1 = broadcast(SPECIES, a[at + COLUMNS]);
      l1 = x1.fma(low, l1);
      h1 = x1.fma(high, h1);
      FloatVector x2 = broadcast(SPECIES, a[at + 2 * COLUMNS]);
      l2 = x2.fma(low, l2);
      h2 = x2.fma(high, h2);
      FloatVector x3 = broadcast(SPECIES, a[at + 3 * COLUMNS]);
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
    FloatVector s0 = fromArray(SPECIES, c, c0);
    FloatVector s1 = fromArray(SPECIES, c, c0 + ldc);
    FloatVector s2 = fromArray(SPECIES, c, c0 + 2 * ldc);
    FloatVector s3 = fromArray(SPECIES, c, c0 + 3 * ldc);
    FloatVector s4 = fromArray(SPECIES, c, c0 + 4 * ldc);
    FloatVector s5 = fromArray(SPECIES, c, c0 + 5 * ldc);
    FloatVector s6 = fromArray(SPECIES, c, c0 + 6 * ldc);
    FloatVector s7 = fromArray(SPECIES, c, c0 + 7 * ldc);
    FloatVector s8 = fromArray(SPECIES, c, c0 + 8 * ldc);
    FloatVector s9 = fromArray(SPECIES, c, c0 + 9 * ldc);
    FloatVector s10 = fromArray(SPECIES, c, c0 + 10 * ldc);
    FloatVector s11 = fromArray(SPECIES, c, c0 + 11 * ldc);
    FloatVector s12 = fromArray(SPECIES, c, c0 + 12 * ldc);
    FloatVector s13 = fromArray(SPECIES, c, c0 + 13 * ldc);
    FloatVector s14 = fromArray(SPECIES, c, c0 + 14 * ldc);
    FloatVector s15 = fromArray(SPECIES, c, c0 + 15 * ldc);
    for (int p = 0; p < k; p++) {
      int at = a0 + p;
      FloatVector y = fromArray(SPECIES, b, b0 + p * LENGTH);
      s0 = broadcast(SPECIES, a[at]).fma(y, s0);
      s1 = broadcast(SPECIES, a[at + COLUMNS]).fma(y, s1);
      s2 = broadcast(SPECIES, a[at + 2 * COLUMNS]).fma(y, s2);
      s3 = broadcast(SPECIES, a[at + 3 * COLUMNS]).fma(y, s3);
      s4 = broadcast(SPECIES, a[at + 4 * COLUMNS]).fma(y, s4);
      s5 = broadcast(SPECIES, a[at + 5 * COLUMNS]).fma(y, s5);
      s6 = broadcast(SPECIES, a[at + 6 * COLUMNS]).fma(y, s6);
      s7 = broadcast(SPECIES, a[at + 7 * COLUMNS]).fma(y, s7);
      s8 = broadcast(SPECIES, a[at + 8 * COLUMNS]).fma(y, s8);
      s9 = broadcast(SPECIES, a[at + 9 * COLUMNS]).fma(y, s9);
      s10 = broadcast(SPECIES, a[at + 10 * COLUMNS]).fma(y, s10);
      s11 = broadcast(SPECIES, a[at + 11 * COLUMNS]).fma(y, s11);
      s12 = broadcast(SPECIES, a[at + 12 * COLUMNS]).fma(y, s12);
      s13 = broadcast(SPECIES, a[at + 13 * COLUMNS]).fma(y, s13);
      s14 = broadcast(SPECIES, a[at + 14 * COLUMNS]).fma(y, s14);
      s15 = broadcast(SPECIES, a[at + 15 * COLUMNS]).fma(y, s15);
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
    FloatVector s0 = fromArray(SPECIES, c, c0);
    FloatVector s1 = fromArray(SPECIES, c, c0 + ldc);
    FloatVector s2 = fromArray(SPECIES, c, c0 + 2 * ldc);
    FloatVector s3 = fromArray(SPECIES, c, c0 + 3 * ldc);
    FloatVector s4 = fromArray(SPECIES, c, c0 + 4 * ldc);
    FloatVector s5 = fromArray(SPECIES, c, c0 + 5 * ldc);
    FloatVector s6 = fromArray(SPECIES, c, c0 + 6 * ldc);
    FloatVector s7 = fromArray(SPECIES, c, c0 + 7 * ldc);
    for (int p = 0; p < k; p++) {
      int at = a0 + p;
      FloatVector y = fromArray(SPECIES, b, b0 + p * LENGTH);
      s0 = broadcast(SPECIES, a[at]).fma(y, s0);
      s1 = broadcast(SPECIES, a[at + COLUMNS]).fma(y, s1);
      s2 = broadcast(SPECIES, a[at + 2 * COLUMNS]).fma(y, s2);
      s3 = broadcast(SPECIES, a[at + 3 * COLUMNS]).fma(y, s3);
      s4 = broadcast(SPECIES, a[at + 4 * COLUMNS]).fma(y, s4);
      s5 = broadcast(SPECIES, a[at + 5 * COLUMNS]).fma(y, s5);
      s6 = broadcast(SPECIES, a[at + 6 * COLUMNS]).fma(y, s6);
      s7 = broadcast(SPECIES, a[at + 7 * COLUMNS]).fma(y, s7);
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
