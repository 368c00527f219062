package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * A row times a matrix: {@code y[n] += x[k] · B[k, n]}, which takes as long as B takes to be read.
 * So B is read row after row, and y as seldom as registers allow.
 */
final class SingleRow {
  private static final int ROWS = 8;

  private SingleRow() {}

  /** Rows of B are {@code ldb} apart. Every element is one chain of fused multiply-adds. */
  static void multiply(
      float[] x, int x0, float[] b, int b0, int ldb, int k, float[] y, int y0, int n) {
    int p = 0;
    for (; p + ROWS <= k; p += ROWS) {
      eight(x, x0 + p, b, b0 + p * ldb, ldb, y, y0, n);
    }
    for (; p < k; p++) {
      Strips.addScaled(x[x0 + p], b, b0 + p * ldb, y, y0, y, y0, n);
    }
  }

  private static void eight(
      float[] x, int x0, float[] b, int b0, int ldb, float[] y, int y0, int n) {
    FloatVector xA = broadcast(SPECIES, x[x0]);
    FloatVector xB = broadcast(SPECIES, x[x0 + 1]);
    FloatVector xC = broadcast(SPECIES, x[x0 + 2]);
    FloatVector xD = broadcast(SPECIES, x[x0 + 3]);
    FloatVector xE = broadcast(SPECIES, x[x0 + 4]);
    FloatVector xF = broadcast(SPECIES, x[x0 + 5]);
    FloatVector xG = broadcast(SPECIES, x[x0 + 6]);
    FloatVector xH = broadcast(SPECIES, x[x0 + 7]);
    int whole = Lanes.whole(n);
    for (int i = 0; i < whole; i += LENGTH) {
      FloatVector sum = fromArray(SPECIES, y, y0 + i);
      sum = xA.fma(fromArray(SPECIES, b, b0 + i), sum);
      sum = xB.fma(fromArray(SPECIES, b, b0 + ldb + i), sum);
      sum = xC.fma(fromArray(SPECIES, b, b0 + 2 * ldb + i), sum);
      sum = xD.fma(fromArray(SPECIES, b, b0 + 3 * ldb + i), sum);
      sum = xE.fma(fromArray(SPECIES, b, b0 + 4 * ldb + i), sum);
      sum = xF.fma(fromArray(SPECIES, b, b0 + 5 * ldb + i), sum);
      sum = xG.fma(fromArray(SPECIES, b, b0 + 6 * ldb + i), sum);
      sum = xH.fma(fromArray(SPECIES, b, b0 + 7 * ldb + i), sum);
      sum.intoArray(y, y0 + i);
    }
    for (int i = whole; i < n; i++) {
      for (int row = 0; row < ROWS; row++) {
        y[y0 + i] = Math.fma(x[x0 + row], b[b0 + row * ldb + i], y[y0 + i]);
      }
    }
  }
}
