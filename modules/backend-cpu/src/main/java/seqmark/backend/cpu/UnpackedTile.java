package seqmark.backend.cpu;

import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * A {@link Tile} for few rows, whose B is not packed: {@code C[rows, COLUMNS] += A[rows, k] · B[k,
 * COLUMNS]} where rows of B are apart. It is a class of its own because a tile whose B has a
 * distance of rows that the JIT does not know takes a third longer.
 *
 * @param lda the distance of rows in A
 * @param ldb the distance of rows in B
 * @param ldc the distance of rows in C
 */
record UnpackedTile(int lda, int ldb, int ldc) {

  /** Any number of rows, four at a time. */
  void multiply(float[] a, int a0, float[] b, int b0, int k, float[] c, int c0, int rows) {
    for (int row = 0; row < rows; row += 4) {
      four(a, a0 + row * lda, b, b0, k, c, c0 + row * ldc, Math.min(4, rows - row));
    }
  }

  private void four(float[] a, int a0, float[] b, int b0, int k, float[] c, int c0, int rows) {
    int last = rows - 1;
    int r1 = Math.min(1, last);
    int r2 = Math.min(2, last);
    int r3 = Math.min(3, last);
    int c1 = c0 + r1 * ldc;
    int c2 = c0 + r2 * ldc;
    int c3 = c0 + r3 * ldc;
    FloatVector l0 = FloatVector.fromArray(SPECIES, c, c0);
    FloatVector l1 = FloatVector.fromArray(SPECIES, c, c1);
    FloatVector l2 = FloatVector.fromArray(SPECIES, c, c2);
    FloatVector l3 = FloatVector.fromArray(SPECIES, c, c3);
    FloatVector h0 = FloatVector.fromArray(SPECIES, c, c0 + LENGTH);
    FloatVector h1 = FloatVector.fromArray(SPECIES, c, c1 + LENGTH);
    FloatVector h2 = FloatVector.fromArray(SPECIES, c, c2 + LENGTH);
    FloatVector h3 = FloatVector.fromArray(SPECIES, c, c3 + LENGTH);
    int a1 = a0 + r1 * lda;
    int a2 = a0 + r2 * lda;
    int a3 = a0 + r3 * lda;
    for (int p = 0; p < k; p++) {
      FloatVector low = FloatVector.fromArray(SPECIES, b, b0 + p * ldb);
      FloatVector high = FloatVector.fromArray(SPECIES, b, b0 + p * ldb + LENGTH);
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
    l1.intoArray(c, c1);
    l2.intoArray(c, c2);
    l3.intoArray(c, c3);
    h0.intoArray(c, c0 + LENGTH);
    h1.intoArray(c, c1 + LENGTH);
    h2.intoArray(c, c2 + LENGTH);
    h3.intoArray(c, c3 + LENGTH);
  }
}
