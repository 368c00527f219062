package seqmark.backend.cpu;

import java.util.Arrays;
import seqmark.compute.Node;
import seqmark.compute.op.Unfolding;

/**
 * Rows that overlap: what a kernel without gaps covers of sequences, where they lie. Row i begins
 * {@code before} floats before position i, and has zeros for what lies outside of its sequence.
 *
 * @param length positions of a sequence
 * @param width floats of a position
 * @param before floats of a row before its position
 * @param floats of a row
 */
record Windows(int length, int width, int before, int floats) {
  /** A row of which a part is zeros. */
  private static final ThreadLocal<float[]> ROW =
      ThreadLocal.withInitial(() -> new float[Gemm.HEIGHT + StripTile.COPIED]);

  /** Those of an unfolding that is not carried out. */
  static Windows of(Node unfold) {
    Unfolding.Kernel kernel = ((Unfolding.Unfold) unfold.op()).kernel();
    int width = unfold.in(0).shape().dim(-1);
    int length = unfold.in(0).shape().dim(-2);
    return new Windows(length, width, kernel.before() * width, kernel.taps() * width);
  }

  /** The first float of a row within its sequence. */
  private int begin(int row) {
    return Math.max(0, before - row % length * width);
  }

  /** The end of those within its sequence. */
  private int end(int row) {
    return Math.min(floats, before + (length - row % length) * width);
  }

  /**
   * {@link Tile#lay} for the rows from {@code first} on and their columns from {@code column} on.
   *
   * @param x0 where row 0 begins, be it before the array
   */
  void lay(float[] x, int x0, int first, int column, int rows, int columns, float[] y) {
    for (int i = 0; i < rows; i++) {
      copy(x, x0, first + i, column, columns, y, i * Tile.DISTANCE);
    }
  }

  private void copy(float[] x, int x0, int row, int column, int columns, float[] y, int y0) {
    int begin = Math.clamp(begin(row) - column, 0, columns);
    int end = Math.clamp(end(row) - column, begin, columns);
    Arrays.fill(y, y0, y0 + begin, 0);
    Strips.copy(x, x0 + row * width + column + begin, y, y0 + begin, end - begin);
    Arrays.fill(y, y0 + end, y0 + columns, 0);
  }

  /**
   * {@link StripTile#cut} for so many {@code terms} from {@code first} on, which are rows here, and
   * their columns from {@code column} on.
   */
  void cut(float[] x, int x0, int first, int column, int columns, int terms, float[] y) {
    float[] part = ROW.get();
    int done = 0;
    for (int i = 0; i < terms; i++) {
      int row = first + i;
      if (begin(row) > column || end(row) < column + columns) {
        int from = x0 + (first + done) * width + column;
        StripTile.cut(x, from, width, columns, done, i, terms, y);
        copy(x, x0, row, column, columns, part, 0);
        StripTile.cut(part, 0, 0, columns, i, i + 1, terms, y);
        done = i + 1;
      }
    }
    int from = x0 + (first + done) * width + column;
    StripTile.cut(x, from, width, columns, done, terms, terms, y);
  }
}
