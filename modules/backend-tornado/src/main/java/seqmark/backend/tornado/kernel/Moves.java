package seqmark.backend.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Ops that bring elements to other places; a unit is an element of the result. */
public final class Moves {
  /** Any strides; parameters: five extents, five strides, whether these are the result's. */
  public static final int STRIDED = 0;

  /** Zeros around; parameters: total, from, extent, inner. */
  public static final int UNSLICE = 1;

  /** Rows of a table by id; parameters: rows, width. */
  public static final int LOOKUP = 2;

  /** Sums of rows by id, found by their owner; parameters: width, ids. */
  public static final int LOOKUP_GRADIENT = 3;

  /** The valid part backwards; parameters: length, inner. */
  public static final int REVERSE = 4;

  /** Padding to the other end; parameters: length, inner, whether back. */
  public static final int ROTATE = 5;

  /** Which sentence a token belongs to, a unit is a token; parameters: length, end. */
  public static final int SENTENCES = 6;

  /** Positions side by side; parameters: length, width, taps, dilation, before. */
  public static final int UNFOLD = 7;

  /** Their sum again; parameters as those of unfold, width of the result. */
  public static final int FOLD = 8;

  /** Rotary embedding, a unit is a plane; parameters: row, head, positions, sign. */
  public static final int TURN = 9;

  /** Depthwise convolution; parameters: length, width, taps, direction, whether biased. */
  public static final int CONVOLUTION = 10;

  private Moves() {}

  /** Instructions that do not need each other's results, over all work-items. */
  public static void moves(KernelContext c, FloatArray m, IntArray d, IntArray at) {
    Transfers.count(m, c.globalIdx);
    int first = at.get(0);
    int count = at.get(1);
    int t = at.get(2);
    for (int k = 0; k < count; k++) {
      int o = first + k * Word.COUNT;
      int units = d.get(o + Word.UNITS);
      int opcode = d.get(o);
      if (opcode < REVERSE) {
        simple(m, d, o, t, c.globalIdx, units, c.globalGroupSizeX);
      } else if (opcode < UNFOLD) {
        Sequences.run(m, d, o, t, c.globalIdx, units, c.globalGroupSizeX);
      } else {
        Windows.run(m, d, o, t, c.globalIdx, units, c.globalGroupSizeX);
      }
    }
  }

  /** Those that bodies of loops have. */
  static void simple(FloatArray m, IntArray d, int o, int t, int from, int to, int by) {
    int opcode = d.get(o);
    if (opcode < LOOKUP) {
      if (opcode == STRIDED) {
        strided(m, d, o, t, from, to, by);
      } else {
        unslice(m, d, o, t, from, to, by);
      }
    } else if (opcode == LOOKUP) {
      lookup(m, d, o, t, from, to, by);
    } else {
      lookupGradient(m, d, o, t, from, to, by);
    }
  }

  static void strided(FloatArray m, IntArray d, int o, int t, int from, int to, int by) {
    int e1 = Word.parameter(d, o, 1);
    int e2 = Word.parameter(d, o, 2);
    int e3 = Word.parameter(d, o, 3);
    int e4 = Word.parameter(d, o, 4);
    int s4 = Word.parameter(d, o, 9);
    int spreads = Word.parameter(d, o, 10);
    int x = Word.at(d, o, 0, t);
    int y = Word.at(d, o, 1, t);
    for (int i = from; i < to; i += by) {
      int p4 = i % e4;
      int r = i / e4;
      int p3 = r % e3;
      r = r / e3;
      int p2 = r % e2;
      r = r / e2;
      int p1 = r % e1;
      int p0 = r / e1;
      int apart = Elementwise.strided(d, o, 5, p0, p1, p2, p3) + p4 * s4;
      if (spreads == 1) {
        m.set(y + apart, m.get(x + i));
      } else {
        m.set(y + i, m.get(x + apart));
      }
    }
  }

  private static void unslice(FloatArray m, IntArray d, int o, int t, int from, int to, int by) {
    int total = Word.parameter(d, o, 0);
    int begin = Word.parameter(d, o, 1);
    int extent = Word.parameter(d, o, 2);
    int inner = Word.parameter(d, o, 3);
    int x = Word.at(d, o, 0, t);
    int y = Word.at(d, o, 1, t);
    for (int i = from; i < to; i += by) {
      int r = i / inner;
      int p = r % total - begin;
      float v = 0f;
      if (p >= 0 && p < extent) {
        v = m.get(x + (r / total * extent + p) * inner + i % inner);
      }
      m.set(y + i, v);
    }
  }

  private static void lookup(FloatArray m, IntArray d, int o, int t, int from, int to, int by) {
    int rows = Word.parameter(d, o, 0);
    int width = Word.parameter(d, o, 1);
    int table = Word.at(d, o, 0, t);
    int ids = Word.at(d, o, 1, t);
    int y = Word.at(d, o, 2, t);
    for (int i = from; i < to; i += by) {
      int id = Ids.checked(m, ids + i / width, rows);
      float v = m.get(Transfers.NOT_A_NUMBER);
      if (id >= 0) {
        v = m.get(table + id * width + i % width);
      }
      m.set(y + i, v);
    }
  }

  private static void lookupGradient(
      FloatArray m, IntArray d, int o, int t, int from, int to, int by) {
    int width = Word.parameter(d, o, 0);
    int count = Word.parameter(d, o, 1);
    int ids = Word.at(d, o, 0, t);
    int g = Word.at(d, o, 1, t);
    int y = Word.at(d, o, 2, t);
    for (int i = from; i < to; i += by) {
      int row = i / width;
      int column = i % width;
      float sum = 0f;
      for (int k = 0; k < count; k++) {
        if ((int) m.get(ids + k) == row) {
          sum += m.get(g + k * width + column);
        }
      }
      m.set(y + i, sum);
    }
  }
}
