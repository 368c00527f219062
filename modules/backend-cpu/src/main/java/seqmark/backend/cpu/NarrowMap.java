package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * Products with a weight {@code [rank][width]} of few rows, four of which stay in registers while
 * rows of x and y go by; a register tile would be mostly empty.
 *
 * @param weight where it lies
 * @param rank R
 * @param width D
 */
record NarrowMap(Operand weight, int rank, int width) {
  /** {@code y = start + x W}, rows of y {@code [rows][width]}; those of x lie ldx apart. */
  void rows(int t, float[] start, int s0, float[] x, int x0, int ldx, int rows, float[] y, int y0) {
    float[] from = start;
    int at = s0;
    int ld = 0;
    for (int r = 0; r < rank; ) {
      int w = weight.at(t) + r * width;
      if (r + 4 <= rank) {
        fourRows(from, at, ld, weight.data(), w, x, x0 + r, ldx, rows, y, y0);
        r += 4;
      } else {
        for (int i = 0; i < rows; i++) {
          float factor = x[x0 + i * ldx + r];
          int to = y0 + i * width;
          Strips.addScaled(factor, weight.data(), w, from, at + i * ld, y, to, width);
        }
        r++;
      }
      from = y;
      at = y0;
      ld = width;
    }
  }

  private void fourRows(
      float[] from,
      int from0,
      int ldFrom,
      float[] w,
      int w0,
      float[] x,
      int x0,
      int ldx,
      int rows,
      float[] y,
      int y0) {
    int whole = Lanes.whole(width);
    for (int c = 0; c < whole; c += LENGTH) {
      FloatVector row0 = fromArray(SPECIES, w, w0 + c);
      FloatVector row1 = fromArray(SPECIES, w, w0 + width + c);
      FloatVector row2 = fromArray(SPECIES, w, w0 + 2 * width + c);
      FloatVector row3 = fromArray(SPECIES, w, w0 + 3 * width + c);
      for (int i = 0; i < rows; i++) {
        int at = x0 + i * ldx;
        FloatVector sum = fromArray(SPECIES, from, from0 + i * ldFrom + c);
        sum = row0.fma(broadcast(SPECIES, x[at]), sum);
        sum = row1.fma(broadcast(SPECIES, x[at + 1]), sum);
        sum = row2.fma(broadcast(SPECIES, x[at + 2]), sum);
        row3.fma(broadcast(SPECIES, x[at + 3]), sum).intoArray(y, y0 + i * width + c);
      }
    }
    for (int c = whole; c < width; c++) {
      for (int i = 0; i < rows; i++) {
        float sum = from[from0 + i * ldFrom + c];
        for (int r = 0; r < 4; r++) {
          sum = Math.fma(w[w0 + r * width + c], x[x0 + i * ldx + r], sum);
        }
        y[y0 + i * width + c] = sum;
      }
    }
  }

  /** {@code x = y Wᵀ}: the way back. */
  void back(int t, float[] y, int y0, int rows, float[] x, int x0, int ldx) {
    float[] w = weight.data();
    for (int i = 0; i < rows; i++) {
      for (int r = 0; r < rank; r++) {
        int at = weight.at(t) + r * width;
        x[x0 + i * ldx + r] = Strips.dot(y, y0 + i * width, w, at, width);
      }
    }
  }

  /** Adds {@code xᵀ y} to a gradient of the weight. */
  void addProducts(float[] x, int x0, int ldx, float[] y, int y0, int rows, float[] sum, int at) {
    int r = 0;
    for (; r + 4 <= rank; r += 4) {
      productsOfFour(x, x0 + r, ldx, y, y0, rows, sum, at + r * width);
    }
    for (; r < rank; r++) {
      int row = at + r * width;
      for (int i = 0; i < rows; i++) {
        Strips.addScaled(x[x0 + i * ldx + r], y, y0 + i * width, sum, row, sum, row, width);
      }
    }
  }

  private void productsOfFour(
      float[] x, int x0, int ldx, float[] y, int y0, int rows, float[] sum, int at) {
    int whole = Lanes.whole(width);
    for (int c = 0; c < whole; c += LENGTH) {
      FloatVector sum0 = fromArray(SPECIES, sum, at + c);
      FloatVector sum1 = fromArray(SPECIES, sum, at + width + c);
      FloatVector sum2 = fromArray(SPECIES, sum, at + 2 * width + c);
      FloatVector sum3 = fromArray(SPECIES, sum, at + 3 * width + c);
      for (int i = 0; i < rows; i++) {
        int from = x0 + i * ldx;
        FloatVector row = fromArray(SPECIES, y, y0 + i * width + c);
        sum0 = row.fma(broadcast(SPECIES, x[from]), sum0);
        sum1 = row.fma(broadcast(SPECIES, x[from + 1]), sum1);
        sum2 = row.fma(broadcast(SPECIES, x[from + 2]), sum2);
        sum3 = row.fma(broadcast(SPECIES, x[from + 3]), sum3);
      }
      sum0.intoArray(sum, at + c);
      sum1.intoArray(sum, at + width + c);
      sum2.intoArray(sum, at + 2 * width + c);
      sum3.intoArray(sum, at + 3 * width + c);
    }
    for (int c = whole; c < width; c++) {
      for (int r = 0; r < 4; r++) {
        for (int i = 0; i < rows; i++) {
          int place = at + r * width + c;
          sum[place] = Math.fma(x[x0 + i * ldx + r], y[y0 + i * width + c], sum[place]);
        }
      }
    }
  }
}
