package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.fromArray;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * The weight {@code [count][width]} of a depthwise convolution.
 *
 * @param weight where it lies
 * @param count K
 * @param width channels
 */
record Taps(Operand weight, int count, int width) {
  /**
   * Rows of y, each {@code start} and what all taps make of rows of x: the first row's first tap is
   * at x0, the next tap's or row's lies ldx further.
   */
  void rows(
      int t,
      float[] start,
      int s0,
      float[] x,
      int x0,
      int ldx,
      int rows,
      float[] y,
      int y0,
      int ldy) {
    float[] w = weight.data();
    float[] from = start;
    int at = s0;
    int ld = 0;
    for (int k = 0; k < count; ) {
      int tap = weight.at(t) + k * width;
      if (k + 4 <= count) {
        four(from, at, ld, w, tap, x, x0 + k * ldx, ldx, rows, y, y0, ldy);
        k += 4;
      } else {
        for (int i = 0; i < rows; i++) {
          int term = x0 + (k + i) * ldx;
          Strips.multiplyAdd(x, term, w, tap, from, at + i * ld, y, y0 + i * ldy, width);
        }
        k++;
      }
      from = y;
      at = y0;
      ld = ldy;
    }
  }

  /** The same for one row and the taps from k on, of which the first is at x0. */
  void row(int t, int k, float[] start, int s0, float[] x, int x0, int ldx, float[] y, int y0) {
    Strips.copy(start, s0, y, y0, width);
    for (int i = k; i < count; i++) {
      int tap = weight.at(t) + i * width;
      Strips.multiplyAdd(x, x0 + (i - k) * ldx, weight.data(), tap, y, y0, y, y0, width);
    }
  }

  /** Four taps of a few channels at a time, which stay in registers as the rows do. */
  private void four(
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
      int y0,
      int ldy) {
    int whole = Lanes.whole(width);
    for (int c = 0; c < whole; c += LENGTH) {
      FloatVector tap0 = fromArray(SPECIES, w, w0 + c);
      FloatVector tap1 = fromArray(SPECIES, w, w0 + width + c);
      FloatVector tap2 = fromArray(SPECIES, w, w0 + 2 * width + c);
      FloatVector tap3 = fromArray(SPECIES, w, w0 + 3 * width + c);
      FloatVector row0 = fromArray(SPECIES, x, x0 + c);
      FloatVector row1 = fromArray(SPECIES, x, x0 + ldx + c);
      FloatVector row2 = fromArray(SPECIES, x, x0 + 2 * ldx + c);
      for (int i = 0; i < rows; i++) {
        FloatVector row3 = fromArray(SPECIES, x, x0 + (i + 3) * ldx + c);
        FloatVector sum = tap0.fma(row0, fromArray(SPECIES, from, from0 + i * ldFrom + c));
        sum = tap3.fma(row3, tap2.fma(row2, tap1.fma(row1, sum)));
        sum.intoArray(y, y0 + i * ldy + c);
        row0 = row1;
        row1 = row2;
        row2 = row3;
      }
    }
    for (int c = whole; c < width; c++) {
      for (int i = 0; i < rows; i++) {
        float sum = from[from0 + i * ldFrom + c];
        for (int k = 0; k < 4; k++) {
          sum = Math.fma(w[w0 + k * width + c], x[x0 + (i + k) * ldx + c], sum);
        }
        y[y0 + i * ldy + c] = sum;
      }
    }
  }

  /**
   * Adds to y {@code [count][width]} the products of the rows of d with rows of x: that for tap 0
   * and the first row is at x0, that of the next tap or row lies ldx further.
   */
  void addProducts(float[] x, int x0, int ldx, float[] d, int d0, int rows, float[] y, int y0) {
    int k = 0;
    for (; k + 4 <= count; k += 4) {
      productsOfFour(x, x0 + k * ldx, ldx, d, d0, rows, y, y0 + k * width);
    }
    for (; k < count; k++) {
      addProducts(k, x, x0 + k * ldx, ldx, d, d0, rows, y, y0);
    }
  }

  /** The same for tap k alone, whose row of x for the first row of d is at x0. */
  void addProducts(
      int k, float[] x, int x0, int ldx, float[] d, int d0, int rows, float[] y, int y0) {
    int tap = y0 + k * width;
    for (int i = 0; i < rows; i++) {
      Strips.multiplyAdd(x, x0 + i * ldx, d, d0 + i * width, y, tap, y, tap, width);
    }
  }

  /** Four taps of a few channels at a time, whose sums stay in registers. */
  private void productsOfFour(
      float[] x, int x0, int ldx, float[] d, int d0, int rows, float[] y, int y0) {
    int n = width;
    int whole = Lanes.whole(n);
    for (int c = 0; c < whole; c += LENGTH) {
      FloatVector sum0 = fromArray(SPECIES, y, y0 + c);
      FloatVector sum1 = fromArray(SPECIES, y, y0 + n + c);
      FloatVector sum2 = fromArray(SPECIES, y, y0 + 2 * n + c);
      FloatVector sum3 = fromArray(SPECIES, y, y0 + 3 * n + c);
      for (int i = 0; i < rows; i++) {
        int at = x0 + i * ldx + c;
        FloatVector to = fromArray(SPECIES, d, d0 + i * n + c);
        sum0 = to.fma(fromArray(SPECIES, x, at), sum0);
        sum1 = to.fma(fromArray(SPECIES, x, at + ldx), sum1);
        sum2 = to.fma(fromArray(SPECIES, x, at + 2 * ldx), sum2);
        sum3 = to.fma(fromArray(SPECIES, x, at + 3 * ldx), sum3);
      }
      sum0.intoArray(y, y0 + c);
      sum1.intoArray(y, y0 + n + c);
      sum2.intoArray(y, y0 + 2 * n + c);
      sum3.intoArray(y, y0 + 3 * n + c);
    }
    for (int c = whole; c < n; c++) {
      for (int k = 0; k < 4; k++) {
        float sum = y[y0 + k * n + c];
        for (int i = 0; i < rows; i++) {
          sum = Math.fma(x[x0 + (i + k) * ldx + c], d[d0 + i * n + c], sum);
        }
        y[y0 + k * n + c] = sum;
      }
    }
  }
}
