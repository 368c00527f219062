package seqmark.backend.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * A whole loop over time whose body mixes no batch rows: a workgroup takes a row through all steps
 * and all instructions of the body, with a barrier behind each.
 *
 * <p>The instruction of the loop is followed by those that bring carries to their first slots, and
 * by those of the body. Parameters: steps, whether backwards, rows, entries, nodes.
 */
public final class Loops {
  /** Instructions of {@link Elementwise}. */
  public static final int ELEMENTWISE = 0;

  /** Instructions of {@link Moves}, as far as bodies may have them. */
  public static final int MOVES = 1;

  /** Instructions of {@link Cells}. */
  public static final int CELLS = 2;

  /** Instructions of {@link Queries}. */
  public static final int QUERIES = 3;

  /** The softmax ops of {@link Rows}. */
  public static final int ROWS = 4;

  /** Plain sums. */
  public static final int SUMS = 5;

  /** Dense layers. */
  public static final int PRODUCTS = 6;

  private Loops() {}

  /** One loop. */
  public static void loop(KernelContext c, FloatArray m, IntArray d, IntArray at) {
    Transfers.count(m, c.globalIdx);
    int o = at.get(0);
    int steps = Word.parameter(d, o, 0);
    int backwards = Word.parameter(d, o, 1);
    int rows = Word.parameter(d, o, 2);
    int entries = Word.parameter(d, o, 3);
    int nodes = Word.parameter(d, o, 4);
    int groups = c.globalGroupSizeX / c.localGroupSizeX;
    int lane = c.localIdx;
    int body = o + Word.COUNT + entries * Word.COUNT;
    for (int row = c.groupIdx; row < rows; row += groups) {
      for (int k = 0; k < entries; k++) {
        int e = o + Word.COUNT + k * Word.COUNT;
        int units = d.get(e + Word.UNITS) / rows;
        Moves.strided(m, d, e, 0, row * units + lane, (row + 1) * units, Group.LANES);
      }
      c.globalBarrier();
      for (int i = 0; i < steps; i++) {
        int t = backwards == 1 ? steps - 1 - i : i;
        for (int k = 0; k < nodes; k++) {
          int e = body + k * Word.COUNT;
          int units = d.get(e + Word.UNITS) / rows;
          run(m, d, e, t, row * units + lane, (row + 1) * units, Group.LANES);
          c.globalBarrier();
        }
      }
    }
  }

  private static void run(FloatArray m, IntArray d, int o, int t, int from, int to, int by) {
    int family = d.get(o + Word.FAMILY);
    if (family < CELLS) {
      if (family == ELEMENTWISE) {
        Elementwise.run(m, d, o, t, from, to, by);
      } else {
        Moves.simple(m, d, o, t, from, to, by);
      }
    } else if (family < ROWS) {
      if (family == CELLS) {
        Cells.run(m, d, o, t, from, to, by);
      } else {
        Queries.run(m, d, o, t, from, to, by);
      }
    } else if (family == ROWS) {
      Rows.alone(m, d, o, t, from, to, by);
    } else if (family == SUMS) {
      Sums.alone(m, d, o, t, from, to, by);
    } else {
      Products.alone(m, d, o, t, from, to, by);
    }
  }
}
