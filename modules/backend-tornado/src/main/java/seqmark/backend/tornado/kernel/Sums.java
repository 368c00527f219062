package seqmark.backend.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Sums of many terms; a unit is a sum. A workgroup makes some sums at a time, with all its lanes:
 * {@code LANES / COLUMNS} lanes share a sum, in a fixed order.
 */
public final class Sums {
  /** Of elements. */
  public static final int PLAIN = 0;

  /** Of {@code d} times a standardized x, by column; operands: d, x, scale, mean, result. */
  public static final int GAIN_GRADIENT = 1;

  /** Of products of shifted rows, by tap and column; operands: x, d, result. */
  public static final int TAP_GRADIENT = 2;

  /** Of squares, by chunk; operands: x, result. */
  public static final int SQUARES = 3;

  /** Their root, and the factor that clips it; operands: squares, norm, factor. */
  public static final int NORM = 4;

  /** Parameters 0 to 3: the extents of the results' axes; 4 to 7: their strides in the operand. */
  public static final int RESULT = 0;

  /** Parameters 8 to 10: the extents of the axes summed over; 11 to 13: their strides. */
  public static final int SUMMED = 8;

  /** Parameter 14: how many terms a sum has; parameter 15: the sums a workgroup makes at a time. */
  public static final int TERMS = 14;

  /** Parameter 15. */
  public static final int COLUMNS = 15;

  /** Parameters 16 to 19, by opcode. */
  public static final int MORE = 16;

  private Sums() {}

  /** Instructions that do not need each other's results. */
  public static void sums(KernelContext c, FloatArray m, IntArray d, IntArray at) {
    Transfers.count(m, c.globalIdx);
    float[] part = c.allocateFloatLocalArray(Group.LANES);
    int first = at.get(0);
    int count = at.get(1);
    int t = at.get(2);
    int groups = c.globalGroupSizeX / c.localGroupSizeX;
    int lane = c.localIdx;
    for (int k = 0; k < count; k++) {
      int o = first + k * Word.COUNT;
      int units = d.get(o + Word.UNITS);
      int columns = Word.parameter(d, o, COLUMNS);
      for (int u = c.groupIdx * columns; u < units; u += groups * columns) {
        int unit = u + lane % columns;
        float sum = 0f;
        if (unit < units) {
          sum = share(m, d, o, t, unit, lane / columns, Group.LANES / columns);
        }
        part[lane] = sum;
        c.localBarrier();
        for (int s = Group.LANES / 2; s >= columns; s = s / 2) {
          if (lane < s) {
            part[lane] = part[lane] + part[lane + s];
          }
          c.localBarrier();
        }
        if (lane < columns && unit < units) {
          finish(m, d, o, t, unit, part[lane]);
        }
        c.localBarrier();
      }
    }
  }

  /** Plain sums as bodies of loops have them: a lane per sum. */
  static void alone(FloatArray m, IntArray d, int o, int t, int from, int to, int by) {
    for (int unit = from; unit < to; unit += by) {
      finish(m, d, o, t, unit, share(m, d, o, t, unit, 0, 1));
    }
  }

  private static float share(FloatArray m, IntArray d, int o, int t, int unit, int from, int by) {
    int terms = Word.parameter(d, o, TERMS);
    int r1 = Word.parameter(d, o, SUMMED + 1);
    int r2 = Word.parameter(d, o, SUMMED + 2);
    int s0 = Word.parameter(d, o, SUMMED + 3);
    int s1 = Word.parameter(d, o, SUMMED + 4);
    int s2 = Word.parameter(d, o, SUMMED + 5);
    int start = start(d, o, unit);
    float sum = 0f;
    for (int r = from; r < terms; r += by) {
      int offset = r % r2 * s2 + r / r2 % r1 * s1 + r / r2 / r1 * s0;
      sum += term(m, d, o, t, unit, start + offset);
    }
    return sum;
  }

  private static int start(IntArray d, int o, int unit) {
    int e1 = Word.parameter(d, o, RESULT + 1);
    int e2 = Word.parameter(d, o, RESULT + 2);
    int e3 = Word.parameter(d, o, RESULT + 3);
    int p3 = unit % e3;
    int r = unit / e3;
    int p2 = r % e2;
    r = r / e2;
    return Elementwise.strided(d, o, RESULT + 4, r / e1, r % e1, p2, p3);
  }

  private static float term(FloatArray m, IntArray d, int o, int t, int unit, int i) {
    int opcode = d.get(o);
    int x = Word.at(d, o, 0, t);
    float term = 0f;
    if (opcode == PLAIN || opcode == NORM) {
      term = m.get(x + i);
    } else if (opcode == SQUARES) {
      if (i < Word.parameter(d, o, MORE)) {
        term = m.get(x + i) * m.get(x + i);
      }
    } else if (opcode == GAIN_GRADIENT) {
      int row = i / Word.parameter(d, o, MORE);
      float mean = 0f;
      if (Word.parameter(d, o, MORE + 1) == 1) {
        mean = m.get(Word.at(d, o, 3, t) + row);
      }
      float y = (m.get(Word.at(d, o, 1, t) + i) - mean) * m.get(Word.at(d, o, 2, t) + row);
      term = m.get(x + i) * y;
    } else {
      int width = Word.parameter(d, o, MORE);
      int back = Word.parameter(d, o, MORE + 2) - 1 - unit / width;
      if (i / width % Word.parameter(d, o, MORE + 1) >= back) {
        term = m.get(x + i - back * width) * m.get(Word.at(d, o, 1, t) + i);
      }
    }
    return term;
  }

  private static void finish(FloatArray m, IntArray d, int o, int t, int unit, float sum) {
    int opcode = d.get(o);
    if (opcode == PLAIN || opcode == SQUARES) {
      m.set(Word.at(d, o, 1, t) + unit, sum);
    } else if (opcode == GAIN_GRADIENT) {
      m.set(Word.at(d, o, 4, t) + unit, sum);
    } else if (opcode == TAP_GRADIENT) {
      m.set(Word.at(d, o, 2, t) + unit, sum);
    } else {
      float norm = TornadoMath.sqrt(sum);
      float maximum = Word.fraction(m, d, o, MORE);
      float factor = norm > maximum ? maximum / norm : 1f;
      if (Float.isNaN(norm) || norm > 3.4028234e38f) {
        factor = m.get(Transfers.NOT_A_NUMBER);
      }
      m.set(Word.at(d, o, 1, t), norm);
      m.set(Word.at(d, o, 2, t), factor);
    }
  }
}
