package seqmark.backend.cpu;

/** Transposing copies. */
final class Transposed {
  private static final int TILE = 8;

  private Transposed() {}

  /**
   * {@code y[columns, rows] = x[rows, columns]ᵀ}, whose rows are {@code ldx} and {@code ldy} apart.
   * Eight rows are read at a time, so that what is written fills lines of the cache.
   */
  static void copy(float[] x, int x0, int ldx, int rows, int columns, float[] y, int y0, int ldy) {
    int row = 0;
    for (; row + TILE <= rows; row += TILE) {
      int from = x0 + row * ldx;
      for (int column = 0; column < columns; column++) {
        int to = y0 + column * ldy + row;
        y[to] = x[from + column];
        y[to + 1] = x[from + ldx + column];
        y[to + 2] = x[from + 2 * ldx + column];
        y[to + 3] = x[from + 3 * ldx + column];
        y[to + 4] = x[from + 4 * ldx + column];
        y[to + 5] = x[from + 5 * ldx + column];
        y[to + 6] = x[from + 6 * ldx + column];
        y[to + 7] = x[from + 7 * ldx + column];
      }
    }
    for (; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        y[y0 + column * ldy + row] = x[x0 + row * ldx + column];
      }
    }
  }
}
