package seqmark.backend.cpu;

import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * A {@link Tile} whose A has been cut into strips of {@link #STRIP} rows, because they lie apart:
 * 12 rows by 2 vectors where there are 32 registers (AVX-512), 4 by 2 where there are 16.
 *
 * <p>Where a strip has more rows than there are, the missing ones are computed out of whatever
 * fills it up, and stored where the last row is stored after them.
 *
 * @param ldc the distance of rows in C
 */
record StripTile(int ldc) {
  private static final boolean MANY_REGISTERS = LENGTH > 8;

  /** Rows of a strip of A: those of the largest tile. */
  static final int STRIP = 12;

  /** Rows of the smallest tile, in which rows are shared among threads. */
  static final int LEAST = 4;

  /** Rows that are copied at a time, of which the last belong to the next strip. */
  static final int COPIED = 16;

  /** Any number of rows, with the strips of A from the start of its array. */
  void multiply(
      float[] a,
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
    for (; MANY_REGISTERS && rows - row >= STRIP; row += STRIP) {
      int at = row / STRIP * distance(k);
      twelve(a, at, b, b0, k, d, d0 + row * ldd, ldd, c, c0 + row * ldc);
    }
    for (; MANY_REGISTERS && rows - row >= 8; row += 8) {
      int at = row / STRIP * distance(k) + row % STRIP;
      eight(a, at, b, b0, k, d, d0 + row * ldd, ldd, c, c0 + row * ldc);
    }
    for (; row < rows; row += 4) {
      int at = row / STRIP * distance(k) + row % STRIP;
      int left = Math.min(rows - row, 4);
      four(a, at, b, b0, k, d, d0 + row * ldd, ldd, c, c0 + row * ldc, left);
    }
  }

  private void twelve(
      float[] a, int a0, float[] b, int b0, int k, float[] d, int d0, int ldd, float[] c, int c0) {
    FloatVector l0 = FloatVector.fromArray(SPECIES, d, d0);
    FloatVector l1 = FloatVector.fromArray(SPECIES, d, d0 + ldd);
    FloatVector l2 = FloatVector.fromArray(SPECIES, d, d0 + 2 * ldd);
    FloatVector l3 = FloatVector.fromArray(SPECIES, d, d0 + 3 * ldd);
    FloatVector l4 = FloatVector.fromArray(SPECIES, d, d0 + 4 * ldd);
    FloatVector l5 = FloatVector.fromArray(SPECIES, d, d0 + 5 * ldd);
    FloatVector l6 = FloatVector.fromArray(SPECIES, d, d0 + 6 * ldd);
    FloatVector l7 = FloatVector.fromArray(SPECIES, d, d0 + 7 * ldd);
    FloatVector l8 = FloatVector.fromArray(SPECIES, d, d0 + 8 * ldd);
    FloatVector l9 = FloatVector.fromArray(SPECIES, d, d0 + 9 * ldd);
    FloatVector l10 = FloatVector.fromArray(SPECIES, d, d0 + 10 * ldd);
    FloatVector l11 = FloatVector.fromArray(SPECIES, d, d0 + 11 * ldd);
    FloatVector h0 = FloatVector.fromArray(SPECIES, d, d0 + LENGTH);
    FloatVector h1 = FloatVector.fromArray(SPECIES, d, d0 + ldd + LENGTH);
    FloatVector h2 = FloatVector.fromArray(SPECIES, d, d0 + 2 * ldd + LENGTH);
    FloatVector h3 = FloatVector.fromArray(SPECIES, d, d0 + 3 * ldd + LENGTH);
    FloatVector h4 = FloatVector.fromArray(SPECIES, d, d0 + 4 * ldd + LENGTH);
    FloatVector h5 = FloatVector.fromArray(SPECIES, d, d0 + 5 * ldd + LENGTH);
    FloatVector h6 = FloatVector.fromArray(SPECIES, d, d0 + 6 * ldd + LENGTH);
    FloatVector h7 = FloatVector.fromArray(SPECIES, d, d0 + 7 * ldd + LENGTH);
    FloatVector h8 = FloatVector.fromArray(SPECIES, d, d0 + 8 * ldd + LENGTH);
    FloatVector h9 = FloatVector.fromArray(SPECIES, d, d0 + 9 * ldd + LENGTH);
    FloatVector h10 = FloatVector.fromArray(SPECIES, d, d0 + 10 * ldd + LENGTH);
    FloatVector h11 = FloatVector.fromArray(SPECIES, d, d0 + 11 * ldd + LENGTH);
    for (int p = 0; p < k; p++) {
      int at = a0 + p * STRIP;
      FloatVector low = FloatVector.fromArray(SPECIES, b, b0 + p * Tile.COLUMNS);
      FloatVector high = FloatVector.fromArray(SPECIES, b, b0 + p * Tile.COLUMNS + LENGTH);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[at]);
      l0 = x0.fma(low, l0);
      h0 = x0.fma(high, h0);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[at + 1]);
      l1 = x1.fma(low, l1);
      h1 = x1.fma(high, h1);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[at + 2]);
      l2 = x2.fma(low, l2);
      h2 = x2.fma(high, h2);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[at + 3]);
      l3 = x3.fma(low, l3);
      h3 = x3.fma(high, h3);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[at + 4]);
      l4 = x4.fma(low, l4);
      h4 = x4.fma(high, h4);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[at + 5]);
      l5 = x5.fma(low, l5);
      h5 = x5.fma(high, h5);
      FloatVector x6 = FloatVector.broadcast(SPECIES, a[at + 6]);
      l6 = x6.fma(low, l6);
      h6 = x6.fma(high, h6);
      FloatVector x7 = FloatVector.broadcast(SPECIES, a[at + 7]);
      l7 = x7.fma(low, l7);
      h7 = x7.fma(high, h7);
      FloatVector x8 = FloatVector.broadcast(SPECIES, a[at + 8]);
      l8 = x8.fma(low, l8);
      h8 = x8.fma(high, h8);
      FloatVector x9 = FloatVector.broadcast(SPECIES, a[at + 9]);
      l9 = x9.fma(low, l9);
      h9 = x9.fma(high, h9);
      FloatVector x10 = FloatVector.broadcast(SPECIES, a[at + 10]);
      l10 = x10.fma(low, l10);
      h10 = x10.fma(high, h10);
      FloatVector x11 = FloatVector.broadcast(SPECIES, a[at + 11]);
      l11 = x11.fma(low, l11);
      h11 = x11.fma(high, h11);
    }
    l11.intoArray(c, c0 + 11 * ldc);
    h11.intoArray(c, c0 + 11 * ldc + LENGTH);
    l10.intoArray(c, c0 + 10 * ldc);
    h10.intoArray(c, c0 + 10 * ldc + LENGTH);
    l9.intoArray(c, c0 + 9 * ldc);
    h9.intoArray(c, c0 + 9 * ldc + LENGTH);
    l8.intoArray(c, c0 + 8 * ldc);
    h8.intoArray(c, c0 + 8 * ldc + LENGTH);
    l7.intoArray(c, c0 + 7 * ldc);
    h7.intoArray(c, c0 + 7 * ldc + LENGTH);
    l6.intoArray(c, c0 + 6 * ldc);
    h6.intoArray(c, c0 + 6 * ldc + LENGTH);
    l5.intoArray(c, c0 + 5 * ldc);
    h5.intoArray(c, c0 + 5 * ldc + LENGTH);
    l4.intoArray(c, c0 + 4 * ldc);
    h4.intoArray(c, c0 + 4 * ldc + LENGTH);
    l3.intoArray(c, c0 + 3 * ldc);
    h3.intoArray(c, c0 + 3 * ldc + LENGTH);
    l2.intoArray(c, c0 + 2 * ldc);
    h2.intoArray(c, c0 + 2 * ldc + LENGTH);
    l1.intoArray(c, c0 + ldc);
    h1.intoArray(c, c0 + ldc + LENGTH);
    l0.intoArray(c, c0);
    h0.intoArray(c, c0 + LENGTH);
  }

  private void eight(
      float[] a, int a0, float[] b, int b0, int k, float[] d, int d0, int ldd, float[] c, int c0) {
    FloatVector l0 = FloatVector.fromArray(SPECIES, d, d0);
    FloatVector l1 = FloatVector.fromArray(SPECIES, d, d0 + ldd);
    FloatVector l2 = FloatVector.fromArray(SPECIES, d, d0 + 2 * ldd);
    FloatVector l3 = FloatVector.fromArray(SPECIES, d, d0 + 3 * ldd);
    FloatVector l4 = FloatVector.fromArray(SPECIES, d, d0 + 4 * ldd);
    FloatVector l5 = FloatVector.fromArray(SPECIES, d, d0 + 5 * ldd);
    FloatVector l6 = FloatVector.fromArray(SPECIES, d, d0 + 6 * ldd);
    FloatVector l7 = FloatVector.fromArray(SPECIES, d, d0 + 7 * ldd);
    FloatVector h0 = FloatVector.fromArray(SPECIES, d, d0 + LENGTH);
    FloatVector h1 = FloatVector.fromArray(SPECIES, d, d0 + ldd + LENGTH);
    FloatVector h2 = FloatVector.fromArray(SPECIES, d, d0 + 2 * ldd + LENGTH);
    FloatVector h3 = FloatVector.fromArray(SPECIES, d, d0 + 3 * ldd + LENGTH);
    FloatVector h4 = FloatVector.fromArray(SPECIES, d, d0 + 4 * ldd + LENGTH);
    FloatVector h5 = FloatVector.fromArray(SPECIES, d, d0 + 5 * ldd + LENGTH);
    FloatVector h6 = FloatVector.fromArray(SPECIES, d, d0 + 6 * ldd + LENGTH);
    FloatVector h7 = FloatVector.fromArray(SPECIES, d, d0 + 7 * ldd + LENGTH);
    for (int p = 0; p < k; p++) {
      int at = a0 + p * STRIP;
      FloatVector low = FloatVector.fromArray(SPECIES, b, b0 + p * Tile.COLUMNS);
      FloatVector high = FloatVector.fromArray(SPECIES, b, b0 + p * Tile.COLUMNS + LENGTH);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[at]);
      l0 = x0.fma(low, l0);
      h0 = x0.fma(high, h0);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[at + 1]);
      l1 = x1.fma(low, l1);
      h1 = x1.fma(high, h1);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[at + 2]);
      l2 = x2.fma(low, l2);
      h2 = x2.fma(high, h2);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[at + 3]);
      l3 = x3.fma(low, l3);
      h3 = x3.fma(high, h3);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[at + 4]);
      l4 = x4.fma(low, l4);
      h4 = x4.fma(high, h4);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[at + 5]);
      l5 = x5.fma(low, l5);
      h5 = x5.fma(high, h5);
      FloatVector x6 = FloatVector.broadcast(SPECIES, a[at + 6]);
      l6 = x6.fma(low, l6);
      h6 = x6.fma(high, h6);
      FloatVector x7 = FloatVector.broadcast(SPECIES, a[at + 7]);
      l7 = x7.fma(low, l7);
      h7 = x7.fma(high, h7);
    }
    l7.intoArray(c, c0 + 7 * ldc);
    h7.intoArray(c, c0 + 7 * ldc + LENGTH);
    l6.intoArray(c, c0 + 6 * ldc);
    h6.intoArray(c, c0 + 6 * ldc + LENGTH);
    l5.intoArray(c, c0 + 5 * ldc);
    h5.intoArray(c, c0 + 5 * ldc + LENGTH);
    l4.intoArray(c, c0 + 4 * ldc);
    h4.intoArray(c, c0 + 4 * ldc + LENGTH);
    l3.intoArray(c, c0 + 3 * ldc);
    h3.intoArray(c, c0 + 3 * ldc + LENGTH);
    l2.intoArray(c, c0 + 2 * ldc);
    h2.intoArray(c, c0 + 2 * ldc + LENGTH);
    l1.intoArray(c, c0 + ldc);
    h1.intoArray(c, c0 + ldc + LENGTH);
    l0.intoArray(c, c0);
    h0.intoArray(c, c0 + LENGTH);
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
    for (int p = 0; p < k; p++) {
      int at = a0 + p * STRIP;
      FloatVector low = FloatVector.fromArray(SPECIES, b, b0 + p * Tile.COLUMNS);
      FloatVector high = FloatVector.fromArray(SPECIES, b, b0 + p * Tile.COLUMNS + LENGTH);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[at]);
      l0 = x0.fma(low, l0);
      h0 = x0.fma(high, h0);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[at + 1]);
      l1 = x1.fma(low, l1);
      h1 = x1.fma(high, h1);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[at + 2]);
      l2 = x2.fma(low, l2);
      h2 = x2.fma(high, h2);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[at + 3]);
      l3 = x3.fma(low, l3);
      h3 = x3.fma(high, h3);
    }
    l3.intoArray(c, c0 + r3 * ldc);
    h3.intoArray(c, c0 + r3 * ldc + LENGTH);
    l2.intoArray(c, c0 + r2 * ldc);
    h2.intoArray(c, c0 + r2 * ldc + LENGTH);
    l1.intoArray(c, c0 + r1 * ldc);
    h1.intoArray(c, c0 + r1 * ldc + LENGTH);
    l0.intoArray(c, c0);
    h0.intoArray(c, c0 + LENGTH);
  }

  /** Floats of a matrix in strips. */
  static int floats(int rows, int columns) {
    return (rows + STRIP - 1) / STRIP * distance(columns);
  }

  /** The distance of strips: no power of two, lest all of them share a few lines of the cache. */
  static int distance(int columns) {
    return columns * STRIP + COPIED;
  }

  /**
   * Cuts the transpose of {@code x[columns, rows]}, whose rows are {@code ldx} apart: those from
   * {@code from} to {@code to - 1}, of which the first begins at {@code x0}. It is read row by row,
   * because it mostly comes from far away. What is copied beyond a strip is overwritten by the next
   * of its columns.
   */
  static void cut(float[] x, int x0, int ldx, int rows, int from, int to, int columns, float[] y) {
    int distance = distance(columns);
    int strips = (rows + STRIP - 1) / STRIP;
    int end = (strips - 1) * STRIP + COPIED;
    for (int i = from; i < to; i++) {
      int xAt = x0 + (i - from) * ldx;
      int yAt = i * STRIP;
      int whole = xAt + end <= x.length ? strips : Math.max(rows - COPIED + STRIP, 0) / STRIP;
      for (int strip = 0; strip < whole; strip++) {
        for (int lane = 0; lane < STRIP; lane += LENGTH) {
          FloatVector.fromArray(SPECIES, x, xAt + strip * STRIP + lane)
              .intoArray(y, yAt + strip * distance + lane);
        }
      }
      for (int row = whole * STRIP; row < rows; row++) {
        y[row / STRIP * distance + yAt + row % STRIP] = x[xAt + row];
      }
    }
  }
}
