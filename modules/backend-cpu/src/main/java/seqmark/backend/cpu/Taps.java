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
   * Adds to row y what the taps from k on make of rows of x: that of tap k is at x0, those of the
   * taps behind it lie {@code step} apart.
   */
  void add(int t, int k, float[] x, int x0, int step, float[] y, int y0) {
    float[] w = weight.data();
    int at = x0;
    int tap = k;
    for (; tap + 4 <= count; tap += 4, at += 4 * step) {
      addFour(x, at, step, w, weight.at(t) + tap * width, y, y0, width);
    }
    for (; tap < count; tap++, at += step) {
      Strips.multiplyAdd(x, at, w, weight.at(t) + tap * width, y, y0, y, y0, width);
    }
  }

  private static void addFour(
      float[] x, int x0, int step, float[] w, int w0, float[] y, int y0, int n) {
    int whole = Lanes.whole(n);
    for (int i = 0; i < whole; i += LENGTH) {
      FloatVector sum = fromArray(SPECIES, y, y0 + i);
      sum = fromArray(SPECIES, w, w0 + i).fma(fromArray(SPECIES, x, x0 + i), sum);
      sum = fromArray(SPECIES, w, w0 + n + i).fma(fromArray(SPECIES, x, x0 + step + i), sum);
      FloatVector third = fromArray(SPECIES, x, x0 + 2 * step + i);
      sum = fromArray(SPECIES, w, w0 + 2 * n + i).fma(third, sum);
      FloatVector last = fromArray(SPECIES, x, x0 + 3 * step + i);
      fromArray(SPECIES, w, w0 + 3 * n + i).fma(last, sum).intoArray(y, y0 + i);
    }
    for (int i = whole; i < n; i++) {
      float sum = y[y0 + i];
      for (int k = 0; k < 4; k++) {
        sum = Math.fma(w[w0 + k * n + i], x[x0 + k * step + i], sum);
      }
      y[y0 + i] = sum;
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
