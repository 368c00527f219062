package seqmark.backend.cpu;

import static seqmark.backend.cpu.Lanes.SPECIES;
import static seqmark.backend.cpu.StripTile.STRIP;

import jdk.incubator.vector.FloatVector;

/**
 * A {@link StripTile} for the last columns where they fill but one vector: 12 rows by 1 vector.
 *
 * @param ldc the distance of rows in C
 */
record NarrowStripTile(int ldc) {
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
    for (int row = 0; row < rows; row += STRIP) {
      int at = row / STRIP * StripTile.distance(k);
      int left = Math.min(rows - row, STRIP);
      twelve(a, at, b, b0, k, d, d0 + row * ldd, ldd, c, c0 + row * ldc, left);
    }
  }

  private void twelve(
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
    int r6 = Math.min(6, last);
    int r7 = Math.min(7, last);
    int r8 = Math.min(8, last);
    int r9 = Math.min(9, last);
    int r10 = Math.min(10, last);
    int r11 = Math.min(11, last);
    FloatVector s0 = FloatVector.fromArray(SPECIES, d, d0);
    FloatVector s1 = FloatVector.fromArray(SPECIES, d, d0 + r1 * ldd);
    FloatVector s2 = FloatVector.fromArray(SPECIES, d, d0 + r2 * ldd);
    FloatVector s3 = FloatVector.fromArray(SPECIES, d, d0 + r3 * ldd);
    FloatVector s4 = FloatVector.fromArray(SPECIES, d, d0 + r4 * ldd);
    FloatVector s5 = FloatVector.fromArray(SPECIES, d, d0 + r5 * ldd);
    FloatVector s6 = FloatVector.fromArray(SPECIES, d, d0 + r6 * ldd);
    FloatVector s7 = FloatVector.fromArray(SPECIES, d, d0 + r7 * ldd);
    FloatVector s8 = FloatVector.fromArray(SPECIES, d, d0 + r8 * ldd);
    FloatVector s9 = FloatVector.fromArray(SPECIES, d, d0 + r9 * ldd);
    FloatVector s10 = FloatVector.fromArray(SPECIES, d, d0 + r10 * ldd);
    FloatVector s11 = FloatVector.fromArray(SPECIES, d, d0 + r11 * ldd);
    for (int p = 0; p < k; p++) {
      int at = a0 + p * STRIP;
      FloatVector y = FloatVector.fromArray(SPECIES, b, b0 + p * Tile.COLUMNS);
      s0 = FloatVector.broadcast(SPECIES, a[at]).fma(y, s0);
      s1 = FloatVector.broadcast(SPECIES, a[at + 1]).fma(y, s1);
      s2 = FloatVector.broadcast(SPECIES, a[at + 2]).fma(y, s2);
      s3 = FloatVector.broadcast(SPECIES, a[at + 3]).fma(y, s3);
      s4 = FloatVector.broadcast(SPECIES, a[at + 4]).fma(y, s4);
      s5 = FloatVector.broadcast(SPECIES, a[at + 5]).fma(y, s5);
      s6 = FloatVector.broadcast(SPECIES, a[at + 6]).fma(y, s6);
      s7 = FloatVector.broadcast(SPECIES, a[at + 7]).fma(y, s7);
      s8 = FloatVector.broadcast(SPECIES, a[at + 8]).fma(y, s8);
      s9 = FloatVector.broadcast(SPECIES, a[at + 9]).fma(y, s9);
      s10 = FloatVector.broadcast(SPECIES, a[at + 10]).fma(y, s10);
      s11 = FloatVector.broadcast(SPECIES, a[at + 11]).fma(y, s11);
    }
    s11.intoArray(c, c0 + r11 * ldc);
    s10.intoArray(c, c0 + r10 * ldc);
    s9.intoArray(c, c0 + r9 * ldc);
    s8.intoArray(c, c0 + r8 * ldc);
    s7.intoArray(c, c0 + r7 * ldc);
    s6.intoArray(c, c0 + r6 * ldc);
    s5.intoArray(c, c0 + r5 * ldc);
    s4.intoArray(c, c0 + r4 * ldc);
    s3.intoArray(c, c0 + r3 * ldc);
    s2.intoArray(c, c0 + r2 * ldc);
    s1.intoArray(c, c0 + r1 * ldc);
    s0.intoArray(c, c0);
  }
}
