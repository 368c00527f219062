package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * The matrix product {@code C = D + A[rows, k] · B[k, n]}; D may be C. Matrices are row-major and
 * lie at offsets of float arrays, B without gaps.
 *
 * <p>B is packed into panels of {@link Tile#COLUMNS} columns first, unless it is used for few rows
 * only. The bits of an element do not depend on whether B is packed, nor on how rows are shared
 * among threads: each is one chain of fused multiply-adds, begun with what D holds.
 */
final class Gemm {
  /** Terms of a sum taken at a time: a panel of B this long stays in the first-level cache. */
  static final int DEPTH = 256;

  /** Rows of A taken at a time: with {@link #DEPTH} columns they stay in the second-level cache. */
  static final int HEIGHT = 144;

  /** With fewer rows of A, packing B takes longer than it saves. */
  private static final int WORTH_PACKING = 24;

  /** The same where the last columns fill no panel, which are slow unpacked. */
  private static final int WORTH_PACKING_EDGES = 12;

  private static final int COLUMNS = Tile.COLUMNS;

  /** The block of A that is at work, in rows {@link Tile#DISTANCE} apart. */
  private static final ThreadLocal<float[]> BLOCK =
      ThreadLocal.withInitial(() -> new float[HEIGHT * Tile.DISTANCE]);

  /** The strips of A that are at work. */
  private static final ThreadLocal<float[]> STRIPS =
      ThreadLocal.withInitial(() -> new float[StripTile.floats(HEIGHT, DEPTH)]);

  /** The columns of C that fill no panel, with as many columns as a panel has. */
  private static final ThreadLocal<float[]> EDGE =
      ThreadLocal.withInitial(() -> new float[HEIGHT * COLUMNS]);

  /** Never written. */
  private static float[] commonZeros = new float[1024];

  /** How B is packed. */
  final Panels panels;

  private final int k;
  private final int n;
  private final int lda;
  private final int ldc;
  private final Windows windows;
  private final float[] zeros;
  private final Tile tile;
  private final Tile edgeTile;
  private final NarrowTile narrowTile;
  private final StripTile stripTile;
  private final StripTile edgeStripTile = new StripTile(COLUMNS);
  private final NarrowStripTile narrowStripTile = new NarrowStripTile(COLUMNS);
  private final UnpackedTile unpackedTile;

  /**
   * A product of these extents.
   *
   * @param transposed whether B is stored as {@code [n, k]}
   */
  Gemm(int k, int n, boolean transposed) {
    this(k, n, transposed, k, n, null);
  }

  /**
   * The same where rows lie further apart.
   *
   * @param lda the distance of rows in A
   * @param ldc the distance of rows in C
   * @param windows how rows of A overlap, or null
   */
  Gemm(int k, int n, boolean transposed, int lda, int ldc, Windows windows) {
    this.k = k;
    this.n = n;
    this.lda = lda;
    this.ldc = ldc;
    panels = new Panels(k, n, transposed);
    this.windows = windows;
    zeros = zeros(n);
    tile = new Tile(ldc);
    edgeTile = new Tile(COLUMNS);
    narrowTile = new NarrowTile(COLUMNS);
    stripTile = new StripTile(ldc);
    unpackedTile = new UnpackedTile(lda, n, ldc);
  }

  private static synchronized float[] zeros(int n) {
    if (commonZeros.length < n) {
      commonZeros = new float[n];
    }
    return commonZeros;
  }

  /** What sums begin with that are added to nothing: {@code n} zeros, with rows 0 apart. */
  float[] zeros() {
    return zeros;
  }

  /** Whether B has to be packed, or should be although it is used only once. */
  static boolean wantsPacking(int rows, int n, boolean transposed) {
    return transposed || rows >= (n % COLUMNS == 0 ? WORTH_PACKING : WORTH_PACKING_EDGES);
  }

  /**
   * The rows {@code from .. to - 1} of {@code C = D + A · B}, with B packed and rows of D {@code
   * ldd} apart.
   */
  void multiply(
      float[] a,
      int a0,
      float[] packed,
      int p0,
      float[] d,
      int d0,
      int ldd,
      float[] c,
      int c0,
      int from,
      int to) {
    float[] block = BLOCK.get();
    for (int top = from; top < to; top += HEIGHT) {
      int height = Math.min(HEIGHT, to - top);
      int cAt = c0 + top * ldc;
      int depth = Math.min(DEPTH, k);
      lay(a, a0, top, 0, height, depth, block);
      product(block, packed, p0, depth, d, d0 + top * ldd, ldd, c, cAt, height);
      for (int i = depth; i < k; i += depth) {
        int more = Math.min(DEPTH, k - i);
        lay(a, a0, top, i, height, more, block);
        product(block, packed, p0 + i * COLUMNS, more, c, cAt, ldc, c, cAt, height);
      }
    }
  }

  private void lay(float[] a, int a0, int row, int column, int rows, int columns, float[] block) {
    if (windows == null) {
      Tile.lay(a, a0 + row * lda + column, lda, rows, columns, block);
    } else {
      windows.lay(a, a0, row, column, rows, columns, block);
    }
  }

  /**
   * The rows {@code from .. to - 1} of {@code C = D + A · B}, where A is stored as {@code [terms,
   * lda]} and begins with term {@code first}.
   */
  void multiplyTransposed(
      float[] a,
      int a0,
      int first,
      float[] packed,
      int p0,
      float[] d,
      int d0,
      int ldd,
      float[] c,
      int c0,
      int from,
      int to,
      int terms) {
    float[] strips = STRIPS.get();
    for (int top = from; top < to; top += HEIGHT) {
      int height = Math.min(HEIGHT, to - top);
      int cAt = c0 + top * ldc;
      int depth = Math.min(DEPTH, terms);
      cut(a, a0, first, top, height, depth, strips);
      strips(strips, packed, p0, depth, d, d0 + top * ldd, ldd, c, cAt, height);
      for (int i = depth; i < terms; i += depth) {
        int more = Math.min(DEPTH, terms - i);
        cut(a, a0, first + i, top, height, more, strips);
        strips(strips, packed, p0 + i * COLUMNS, more, c, cAt, ldc, c, cAt, height);
      }
    }
  }

  private void cut(float[] a, int a0, int term, int row, int rows, int terms, float[] strips) {
    if (windows == null) {
      StripTile.cut(a, a0 + term * lda + row, lda, rows, 0, terms, terms, strips);
    } else {
      windows.cut(a, a0, term, row, rows, terms, strips);
    }
  }

  /** {@code C = D + A · B}, with B stored as {@code [k, n]}. */
  void multiplyUnpacked(
      float[] a,
      int a0,
      float[] b,
      int b0,
      float[] d,
      int d0,
      int ldd,
      float[] c,
      int c0,
      int rows) {
    for (int row = 0; row < rows; row++) {
      Strips.copy(d, d0 + row * ldd, c, c0 + row * ldc, n);
    }
    if (rows == 1) {
      SingleRow.multiply(a, a0, b, b0, n, k, c, c0, n);
      return;
    }
    for (int i = 0; i < n / COLUMNS; i++) {
      unpackedTile.multiply(a, a0, b, b0 + i * COLUMNS, k, c, c0 + i * COLUMNS, rows);
    }
    rest(a, a0, b, b0, c, c0, rows);
  }

  /** What a block of A gives to its rows, with panels of B from their first of its terms. */
  private void product(
      float[] a,
      float[] b,
      int b0,
      int terms,
      float[] d,
      int d0,
      int ldd,
      float[] c,
      int c0,
      int rows) {
    int whole = n - n % COLUMNS;
    for (int i = 0; i < whole; i += COLUMNS) {
      tile.multiply(a, b, b0 + i * k, terms, d, d0 + i, ldd, c, c0 + i, rows);
    }
    if (n > whole) {
      float[] edge = beginEdge(d, d0 + whole, ldd, rows);
      int bAt = b0 + whole * k;
      if (n - whole <= LENGTH) {
        narrowTile.multiply(a, b, bAt, terms, edge, 0, COLUMNS, edge, 0, rows);
      } else {
        edgeTile.multiply(a, b, bAt, terms, edge, 0, COLUMNS, edge, 0, rows);
      }
      endEdge(edge, c, c0 + whole, rows);
    }
  }

  /** The same with A in strips. */
  private void strips(
      float[] a,
      float[] b,
      int b0,
      int terms,
      float[] d,
      int d0,
      int ldd,
      float[] c,
      int c0,
      int rows) {
    int whole = n - n % COLUMNS;
    for (int i = 0; i < whole; i += COLUMNS) {
      stripTile.multiply(a, b, b0 + i * k, terms, d, d0 + i, ldd, c, c0 + i, rows);
    }
    if (n > whole) {
      float[] edge = beginEdge(d, d0 + whole, ldd, rows);
      int bAt = b0 + whole * k;
      if (n - whole <= LENGTH) {
        narrowStripTile.multiply(a, b, bAt, terms, edge, 0, COLUMNS, edge, 0, rows);
      } else {
        edgeStripTile.multiply(a, b, bAt, terms, edge, 0, COLUMNS, edge, 0, rows);
      }
      endEdge(edge, c, c0 + whole, rows);
    }
  }

  private float[] beginEdge(float[] d, int d0, int ldd, int rows) {
    float[] edge = EDGE.get();
    for (int i = 0; i < rows; i++) {
      Strips.copy(d, d0 + i * ldd, edge, i * COLUMNS, n % COLUMNS);
    }
    return edge;
  }

  private void endEdge(float[] edge, float[] c, int c0, int rows) {
    for (int i = 0; i < rows; i++) {
      Strips.copy(edge, i * COLUMNS, c, c0 + i * ldc, n % COLUMNS);
    }
  }

  /** The last columns with B as it is: a row and a vector of columns at a time. */
  private void rest(float[] a, int a0, float[] b, int b0, float[] c, int c0, int rows) {
    for (int column = n - n % COLUMNS; column < n; column += LENGTH) {
      VectorMask<Float> mask = SPECIES.indexInRange(column, n);
      for (int row = 0; row < rows; row++) {
        int cAt = c0 + row * ldc + column;
        FloatVector sum = fromArray(SPECIES, c, cAt, mask);
        for (int i = 0; i < k; i++) {
          FloatVector x = broadcast(SPECIES, a[a0 + row * lda + i]);
          sum = x.fma(fromArray(SPECIES, b, b0 + i * n + column, mask), sum);
        }
        sum.intoArray(c, cAt, mask);
      }
    }
  }
}
