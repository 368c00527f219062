package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.fromArray;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;

import java.util.Arrays;

/**
 * How B {@code [k, n]} is packed for a product: panels of {@link Tile#COLUMNS} columns, one behind
 * the other, the last filled up with zeros.
 *
 * @param transposed whether B is stored as {@code [n, k]}
 */
record Panels(int k, int n, boolean transposed) {
  private static final int COLUMNS = Tile.COLUMNS;

  /** How many panels B is packed into. */
  int count() {
    return (n + COLUMNS - 1) / COLUMNS;
  }

  /** Floats that B takes when packed. */
  int floats() {
    return Math.multiplyExact(count() * COLUMNS, k);
  }

  /** Packs the panels {@code from .. to - 1} of B to their place in all of packed B. */
  void pack(float[] b, int b0, float[] packed, int p0, int from, int to) {
    for (int panel = from; panel < to; panel++) {
      int column = panel * COLUMNS;
      int at = p0 + column * k;
      if (transposed) {
        int columns = Math.min(COLUMNS, n - column);
        if (columns < COLUMNS) {
          Arrays.fill(packed, at, at + COLUMNS * k, 0);
        }
        Transposed.copy(b, b0 + column * k, k, columns, k, packed, at, COLUMNS);
      } else {
        packPanel(b, b0 + column, n, packed, at, Math.min(COLUMNS, n - column), k);
      }
    }
  }

  /**
   * Packs all panels of the first rows of B, stored as {@code [k, n]} with rows {@code ldb} apart:
   * those that are used. B is read row by row, because it mostly comes from far away.
   */
  void packRows(float[] b, int b0, int ldb, float[] packed, int p0, int rows) {
    int whole = n - n % COLUMNS;
    for (int row = 0; row < rows; row++) {
      int from = b0 + row * ldb;
      int to = p0 + row * COLUMNS;
      for (int i = 0; i < whole; i += COLUMNS) {
        fromArray(SPECIES, b, from + i).intoArray(packed, to + i * k);
        fromArray(SPECIES, b, from + i + LENGTH).intoArray(packed, to + i * k + LENGTH);
      }
    }
    if (whole < n) {
      packPanel(b, b0 + whole, ldb, packed, p0 + whole * k, n - whole, rows);
    }
  }

  private void packPanel(
      float[] b, int b0, int ldb, float[] packed, int p0, int columns, int rows) {
    if (columns < COLUMNS) {
      Arrays.fill(packed, p0, p0 + COLUMNS * rows, 0);
    }
    for (int row = 0; row < rows; row++) {
      Strips.copy(b, b0 + row * ldb, packed, p0 + row * COLUMNS, columns);
    }
  }
}
