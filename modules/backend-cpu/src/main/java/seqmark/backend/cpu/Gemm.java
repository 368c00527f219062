package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * The matrix product {@code C[rows, n] += A[rows, k] · B[k, n]}. Matrices are row-major, without
 * gaps, and lie at offsets of float arrays.
 *
 * <p>B is packed into panels of {@link Tile#COLUMNS} columns first, unless it is used for few rows
 * only. The bits of an element do not depend on whether B is packed, nor on how rows are shared
 * among threads: each is one chain of fused multiply-adds, begun with what C holds.
 */
final class Gemm {
  /** Terms of a sum taken at a time: a panel of B this long stays in the first-level cache. */
  private static final int DEPTH = 256;

  /** Rows of A taken at a time: with {@link #DEPTH} columns they stay in the second-level cache. */
  static final int HEIGHT = 20 * Tile.ROWS;

  /** With fewer rows of A, packing B takes longer than it saves. */
  private static final int WORTH_PACKING = 36;

  /** The same where the last columns fill no panel, which are slow unpacked. */
  private static final int WORTH_PACKING_EDGES = 12;

  private static final int COLUMNS = Tile.COLUMNS;

  /** A tile for the columns that fill no panel. */
  private static final ThreadLocal<float[]> EDGE =
      ThreadLocal.withInitial(() -> new float[Tile.ROWS * COLUMNS]);

  private final int k;
  private final int n;
  private final boolean transposed;
  private final Tile onPanels;
  private final Tile onEdge;
  private final RowTile onRows;

  /**
   * A product of these extents.
   *
   * @param transposed whether B is stored as {@code [n, k]}
   */
  Gemm(int k, int n, boolean transposed) {
    this.k = k;
    this.n = n;
    this.transposed = transposed;
    onPanels = new Tile(k, n);
    onEdge = new Tile(k, COLUMNS);
    onRows = new RowTile(k, n, n);
  }

  /** Panels of a matrix with {@code n} columns. */
  static int panels(int n) {
    return (n + COLUMNS - 1) / COLUMNS;
  }

  /** Columns of B. */
  int columns() {
    return n;
  }

  /** How many panels B is packed into. */
  int panels() {
    return panels(n);
  }

  /** Floats that B takes when packed. */
  int packedFloats() {
    return Math.multiplyExact(panels() * COLUMNS, k);
  }

  /** Whether B has to be packed, or should be although it is used only once. */
  boolean wantsPacking(int rows) {
    return transposed || rows >= (n % COLUMNS == 0 ? WORTH_PACKING : WORTH_PACKING_EDGES);
  }

  /** Packs the panels {@code from .. to - 1} of B to their place in all of packed B. */
  void pack(float[] b, int b0, float[] packed, int p0, int from, int to) {
    for (int panel = from; panel < to; panel++) {
      int column = panel * COLUMNS;
      int columns = Math.min(COLUMNS, n - column);
      int at = p0 + column * k;
      if (columns < COLUMNS) {
        Arrays.fill(packed, at, at + COLUMNS * k, 0);
      }
      if (transposed) {
        Transposed.copy(b, b0 + column * k, k, columns, k, packed, at, COLUMNS);
      } else {
        for (int row = 0; row < k; row++) {
          Strips.copy(b, b0 + row * n + column, packed, at + row * COLUMNS, columns);
        }
      }
    }
  }

  /** Adds the product of A and packed B to C. */
  void multiply(float[] a, int a0, float[] packed, int p0, float[] c, int c0, int rows) {
    multiply(a, a0, packed, p0, c, c0, rows, n, k);
  }

  /**
   * Adds a part of the product of A and packed B to C: its first columns, up to a whole panel, from
   * the first terms of each sum.
   */
  void multiply(
      float[] a,
      int a0,
      float[] packed,
      int p0,
      float[] c,
      int c0,
      int rows,
      int columns,
      int terms) {
    int whole = n - n % COLUMNS;
    int panels = Math.min(panels(columns), whole / COLUMNS);
    product(a, a0, packed, p0, c, c0, rows, panels, terms);
    if (columns > whole) {
      edge(a, a0, packed, p0 + whole * k, c, c0 + whole, rows, terms);
    }
  }

  /** Adds the product of A and B, stored as {@code [k, n]}, to C. */
  void multiplyUnpacked(float[] a, int a0, float[] b, int b0, float[] c, int c0, int rows) {
    for (int i = 0; i < n / COLUMNS; i++) {
      onRows.multiply(a, a0, b, b0 + i * COLUMNS, k, c, c0 + i * COLUMNS, rows);
    }
    rest(a, a0, b, b0, c, c0, rows);
  }

  /** The columns of C that fill panels. */
  private void product(
      float[] a, int a0, float[] b, int b0, float[] c, int c0, int rows, int panels, int terms) {
    for (int top = 0; top < rows; top += HEIGHT) {
      int height = Math.min(HEIGHT, rows - top);
      for (int first = 0; first < terms; first += DEPTH) {
        int depth = Math.min(DEPTH, terms - first);
        int aAt = a0 + top * k + first;
        for (int i = 0; i < panels; i++) {
          int bAt = b0 + (i * k + first) * COLUMNS;
          onPanels.multiply(a, aAt, b, bAt, depth, c, c0 + top * n + i * COLUMNS, height);
        }
      }
    }
  }

  /** The last columns, by way of a tile that has all columns of a panel. */
  private void edge(
      float[] a, int a0, float[] panel, int p0, float[] c, int c0, int rows, int terms) {
    float[] tile = EDGE.get();
    int columns = n % COLUMNS;
    for (int row = 0; row < rows; row += Tile.ROWS) {
      int count = Math.min(Tile.ROWS, rows - row);
      int cAt = c0 + row * n;
      for (int i = 0; i < count; i++) {
        Strips.copy(c, cAt + i * n, tile, i * COLUMNS, columns);
      }
      onEdge.multiply(a, a0 + row * k, panel, p0, terms, tile, 0, count);
      for (int i = 0; i < count; i++) {
        Strips.copy(tile, i * COLUMNS, c, cAt + i * n, columns);
      }
    }
  }

  /** The last columns with B as it is: a row and a vector of columns at a time. */
  private void rest(float[] a, int a0, float[] b, int b0, float[] c, int c0, int rows) {
    for (int column = n - n % COLUMNS; column < n; column += LENGTH) {
      VectorMask<Float> mask = SPECIES.indexInRange(column, n);
      for (int row = 0; row < rows; row++) {
        int cAt = c0 + row * n + column;
        FloatVector sum = fromArray(SPECIES, c, cAt, mask);
        for (int i = 0; i < k; i++) {
          FloatVector x = broadcast(SPECIES, a[a0 + row * k + i]);
          sum = x.fma(fromArray(SPECIES, b, b0 + i * n + column, mask), sum);
        }
        sum.intoArray(c, cAt, mask);
      }
    }
  }
}
