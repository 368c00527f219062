package seqmark.backend.cpu;

/**
 * The matrix product {@code C += A · B} of row-major matrices that lie at offsets of float arrays.
 *
 * <p>B is best packed into panels of {@link Tile#COLUMNS} columns first, which pays from about 12
 * rows of A. The bits of an element do not depend on whether B is packed, nor on how rows are
 * shared among threads: each is one chain of fused multiply-adds, begun with what C holds.
 */
final class Gemm {
  private static final int COLUMNS = Tile.COLUMNS;

  /** Terms of a sum taken at a time: a panel of B this long stays in the first-level cache. */
  private static final int DEPTH = 256;

  /** Rows of A taken at a time: with {@link #DEPTH} columns they stay in the second-level cache. */
  static final int HEIGHT = 20 * Tile.ROWS;

  /** A tile for the columns that fill no panel; one per thread, so that any kernel may need it. */
  private static final ThreadLocal<float[]> EDGE =
      ThreadLocal.withInitial(() -> new float[Tile.ROWS * COLUMNS]);

  private Gemm() {}

  /** Panels of a matrix with {@code n} columns. */
  static int panels(int n) {
    return (n + COLUMNS - 1) / COLUMNS;
  }

  /** Floats that {@code B[k, n]} takes when packed. */
  static int packedFloats(int k, int n) {
    return Math.multiplyExact(panels(n) * COLUMNS, k);
  }

  /**
   * Packs some panels of {@code B[k, n]}.
   *
   * @param b holds B from {@code b0}, rows {@code ldb} apart
   * @param packed receives all panels from {@code p0}
   */
  static void pack(
      float[] b,
      int b0,
      int ldb,
      int k,
      int n,
      float[] packed,
      int p0,
      int fromPanel,
      int toPanel) {
    for (int panel = fromPanel; panel < toPanel; panel++) {
      int column = panel * COLUMNS;
      int columns = Math.min(COLUMNS, n - column);
      int to = p0 + panel * COLUMNS * k;
      for (int row = 0; row < k; row++) {
        Strips.copy(b, b0 + row * ldb + column, packed, to, columns);
        for (int pad = columns; pad < COLUMNS; pad++) {
          packed[to + pad] = 0;
        }
        to += COLUMNS;
      }
    }
  }

  /** Packs some panels of {@code B[k, n]} given as its transpose {@code [n, k]}. */
  static void packTransposed(
      float[] b,
      int b0,
      int ldb,
      int k,
      int n,
      float[] packed,
      int p0,
      int fromPanel,
      int toPanel) {
    for (int panel = fromPanel; panel < toPanel; panel++) {
      int column = panel * COLUMNS;
      int columns = Math.min(COLUMNS, n - column);
      int to = p0 + panel * COLUMNS * k;
      Blocks.transpose(b, b0 + column * ldb, ldb, columns, k, packed, to, COLUMNS);
      for (int row = 0; row < k && columns < COLUMNS; row++) {
        for (int pad = columns; pad < COLUMNS; pad++) {
          packed[to + row * COLUMNS + pad] = 0;
        }
      }
    }
  }

  /** {@code C[rows, n] += A[rows, k] · B[k, n]} with packed B. */
  static void multiply(
      float[] a,
      int a0,
      int lda,
      float[] packed,
      int p0,
      int k,
      float[] c,
      int c0,
      int ldc,
      int rows,
      int n) {
    product(a, a0, lda, packed, p0, COLUMNS, COLUMNS * k, k, c, c0, ldc, rows, n);
  }

  /** {@code C[rows, n] += A[rows, k] · B[k, n]} with B as it is. */
  static void multiplyUnpacked(
      float[] a,
      int a0,
      int lda,
      float[] b,
      int b0,
      int ldb,
      int k,
      float[] c,
      int c0,
      int ldc,
      int rows,
      int n) {
    int whole = n - n % COLUMNS;
    product(a, a0, lda, b, b0, ldb, COLUMNS, k, c, c0, ldc, rows, whole);
    if (whole < n) {
      Blocks.multiply(a, a0, lda, b, b0 + whole, ldb, k, c, c0 + whole, ldc, rows, n - whole);
    }
  }

  private static void product(
      float[] a,
      int a0,
      int lda,
      float[] b,
      int b0,
      int ldb,
      int panel,
      int k,
      float[] c,
      int c0,
      int ldc,
      int rows,
      int n) {
    for (int top = 0; top < rows; top += HEIGHT) {
      int height = Math.min(HEIGHT, rows - top);
      for (int first = 0; first < k; first += DEPTH) {
        int depth = Math.min(DEPTH, k - first);
        int aAt = a0 + top * lda + first;
        for (int column = 0; column < n; column += COLUMNS) {
          int bAt = b0 + column / COLUMNS * panel + first * ldb;
          int cAt = c0 + top * ldc + column;
          if (n - column >= COLUMNS) {
            column(a, aAt, lda, b, bAt, ldb, depth, c, cAt, ldc, height);
          } else {
            edge(a, aAt, lda, b, bAt, ldb, depth, c, cAt, ldc, height, n - column);
          }
        }
      }
    }
  }

  /** One panel of B times all rows. */
  private static void column(
      float[] a,
      int a0,
      int lda,
      float[] b,
      int b0,
      int ldb,
      int k,
      float[] c,
      int c0,
      int ldc,
      int rows) {
    int row = 0;
    while (row < rows) {
      int left = rows - row;
      int tile = tileRows(left);
      int aAt = a0 + row * lda;
      int cAt = c0 + row * ldc;
      if (tile == Tile.ROWS) {
        Tile.six(a, aAt, lda, b, b0, ldb, k, c, cAt, ldc, Math.min(left, tile));
      } else {
        Tile.four(a, aAt, lda, b, b0, ldb, k, c, cAt, ldc, Math.min(left, tile));
      }
      row += tile;
    }
  }

  /** The same for a panel whose last columns do not exist in C: through a tile of its own. */
  private static void edge(
      float[] a,
      int a0,
      int lda,
      float[] b,
      int b0,
      int ldb,
      int k,
      float[] c,
      int c0,
      int ldc,
      int rows,
      int columns) {
    float[] tile = EDGE.get();
    for (int row = 0; row < rows; row += Tile.ROWS) {
      int count = Math.min(Tile.ROWS, rows - row);
      int cAt = c0 + row * ldc;
      for (int i = 0; i < count; i++) {
        Strips.copy(c, cAt + i * ldc, tile, i * COLUMNS, columns);
      }
      column(a, a0 + row * lda, lda, b, b0, ldb, k, tile, 0, COLUMNS, count);
      for (int i = 0; i < count; i++) {
        Strips.copy(tile, i * COLUMNS, c, cAt + i * ldc, columns);
      }
    }
  }

  /** Tiles of 6 and 4 rows so that as few rows as possible are computed in vain. */
  private static int tileRows(int left) {
    return left == 5 || left == 6 || left > 8 ? 6 : 4;
  }
}
