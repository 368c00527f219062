package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * Register tiles of {@code C[keys, queries] = A[keys, k] · B[k, queries]}, with {@link Heads#BLOCK}
 * queries. A lies where it is, its rows apart. Heads are so narrow that what a tile begins and ends
 * with matters: it begins with zeros that are not read, unlike {@link Tile}.
 */
final class ScoreTile {
  private static final int COLUMNS = Heads.BLOCK;
  private static final boolean MANY_REGISTERS = LENGTH > 8;

  private ScoreTile() {}

  /** Any number of rows of A, {@code lda} apart. */
  static void multiply(
      float[] a, int a0, int lda, float[] b, int b0, int k, float[] c, int c0, int rows) {
    int step = MANY_REGISTERS ? 8 : 4;
    for (int row = 0; row < rows; row += step) {
      int count = Math.min(step, rows - row);
      if (MANY_REGISTERS) {
        eight(a, a0 + row * lda, lda, b, b0, k, c, c0 + row * COLUMNS, count);
      } else {
        four(a, a0 + row * lda, lda, b, b0, k, c, c0 + row * COLUMNS, count);
      }
    }
  }

  private static void eight(
      float[] a, int a0, int lda, float[] b, int b0, int k, float[] c, int c0, int rows) {
    int last = rows - 1;
    int r1 = Math.min(1, last);
    int r2 = Math.min(2, last);
    int r3 = Math.min(3, last);
    int r4 = Math.min(4, last);
    int r5 = Math.min(5, last);
    int r6 = Math.min(6, last);
    int r7 = Math.min(7, last);
    int a1 = a0 + r1 * lda;
    int a2 = a0 + r2 * lda;
    int a3 = a0 + r3 * lda;
    int a4 = a0 + r4 * lda;
    int a5 = a0 + r5 * lda;
    int a6 = a0 + r6 * lda;
    int a7 = a0 + r7 * lda;
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
      FloatVector low = fromArray(SPECIES, b, b0 + p * COLUMNS);
      FloatVector high = fromArray(SPECIES, b, b0 + p * COLUMNS + LENGTH);
      FloatVector x0 = broadcast(SPECIES, a[a0 + p]);
      l0 = x0.fma(low, l0);
      h0 = x0.fma(high, h0);
      FloatVector x1 = broadcast(SPECIES, a[a1 + p]);
      l1 = x1.fma(low, l1);
      h1 = x1.fma(high, h1);
      FloatVector x2 = broadcast(SPECIES, a[a2 + p]);
      l2 = x2.fma(low, l2);
      h2 = x2.fma(high, h2);
      FloatVector x3 = broadcast(SPECIES, a[a3 + p]);
      l3 = x3.fma(low, l3);
      h3 = x3.fma(high, h3);
      FloatVector x4 = broadcast(SPECIES, a[a4 + p]);
      l4 = x4.fma(low, l4);
      h4 = x4.fma(high, h4);
      FloatVector x5 = broadcast(SPECIES, a[a5 + p]);
      l5 = x5.fma(low, l5);
      h5 = x5.fma(high, h5);
      FloatVector x6 = broadcast(SPECIES, a[a6 + p]);
      l6 = x6.fma(low, l6);
      h6 = x6.fma(high, h6);
      FloatVector x7 = broadcast(SPECIES, a[a7 + p]);
      l7 = x7.fma(low, l7);
      h7 = x7.fma(high, h7);
    }
    l0.intoArray(c, c0);
    h0.intoArray(c, c0 + LENGTH);
    l1.intoArray(c, c0 + r1 * COLUMNS);
    h1.intoArray(c, c0 + r1 * COLUMNS + LENGTH);
    l2.intoArray(c, c0 + r2 * COLUMNS);
    h2.intoArray(c, c0 + r2 * COLUMNS + LENGTH);
    l3.intoArray(c, c0 + r3 * COLUMNS);
    h3.intoArray(c, c0 + r3 * COLUMNS + LENGTH);
    l4.intoArray(c, c0 + r4 * COLUMNS);
    h4.intoArray(c, c0 + r4 * COLUMNS + LENGTH);
    l5.intoArray(c, c0 + r5 * COLUMNS);
    h5.intoArray(c, c0 + r5 * COLUMNS + LENGTH);
    l6.intoArray(c, c0 + r6 * COLUMNS);
    h6.intoArray(c, c0 + r6 * COLUMNS + LENGTH);
    l7.intoArray(c, c0 + r7 * COLUMNS);
    h7.intoArray(c, c0 + r7 * COLUMNS + LENGTH);
  }

  private static void four(
      float[] a, int a0, int lda, float[] b, int b0, int k, float[] c, int c0, int rows) {
    int last = rows - 1;
    int r1 = Math.min(1, last);
    int r2 = Math.min(2, last);
    int r3 = Math.min(3, last);
    int a1 = a0 + r1 * lda;
    int a2 = a0 + r2 * lda;
    int a3 = a0 + r3 * lda;
    FloatVector l0 = broadcast(SPECIES, 0);
    FloatVector l1 = broadcast(SPECIES, 0);
    FloatVector l2 = broadcast(SPECIES, 0);
    FloatVector l3 = broadcast(SPECIES, 0);
    FloatVector h0 = broadcast(SPECIES, 0);
    FloatVector h1 = broadcast(SPECIES, 0);
    FloatVector h2 = broadcast(SPECIES, 0);
    FloatVector h3 = broadcast(SPECIES, 0);
    for (int p = 0; p < k; p++) {
      FloatVector low = fromArray(SPECIES, b, b0 + p * COLUMNS);
      FloatVector high = fromArray(SPECIES, b, b0 + p * COLUMNS + LENGTH);
      FloatVector x0 = broadcast(SPECIES, a[a0 + p]);
      l0 = x0.fma(low, l0);
      h0 = x0.fma(high, h0);
      FloatVector x1 = broadcast(SPECIES, a[a1 + p]);
      l1 = x1.fma(low, l1);
      h1 = x1.fma(high, h1);
      FloatVector x2 = broadcast(SPECIES, a[a2 + p]);
      l2 = x2.fma(low, l2);
      h2 = x2.fma(high, h2);
      FloatVector x3 = broadcast(SPECIES, a[a3 + p]);
      l3 = x3.fma(low, l3);
      h3 = x3.fma(high, h3);
    }
    l0.intoArray(c, c0);
    h0.intoArray(c, c0 + LENGTH);
    l1.intoArray(c, c0 + r1 * COLUMNS);
    h1.intoArray(c, c0 + r1 * COLUMNS + LENGTH);
    l2.intoArray(c, c0 + r2 * COLUMNS);
    h2.intoArray(c, c0 + r2 * COLUMNS + LENGTH);
    l3.intoArray(c, c0 + r3 * COLUMNS);
    h3.intoArray(c, c0 + r3 * COLUMNS + LENGTH);
  }
}
