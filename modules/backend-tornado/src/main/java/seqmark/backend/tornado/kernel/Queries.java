package seqmark.backend.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Attention of one query per row to a memory. Parameters: positions S, width D. */
public final class Queries {
  /** Dot products; a unit is a position. */
  public static final int DOT = 0;

  /** Weighted sums; a unit is an element of the result. */
  public static final int MIX = 1;

  /** A sum and an outer product; a unit is an element of the memory. */
  public static final int ADD_OUTER = 2;

  /** Additive scores; a unit is a position. */
  public static final int ADDITIVE = 3;

  /** Their gradient; a unit is an element of the query, which goes through all positions. */
  public static final int ADDITIVE_GRADIENT = 4;

  /** Positions near a centre, a unit is a position; parameters: width, radius. */
  public static final int WINDOW = 5;

  private Queries() {}

  /** Instructions that do not need each other's results, over all work-items. */
  public static void queries(KernelContext c, FloatArray m, IntArray d, IntArray at) {
    Transfers.count(m, c.globalIdx);
    int first = at.get(0);
    int count = at.get(1);
    int t = at.get(2);
    for (int k = 0; k < count; k++) {
      int o = first + k * Word.COUNT;
      run(m, d, o, t, c.globalIdx, d.get(o + Word.UNITS), c.globalGroupSizeX);
    }
  }

  static void run(FloatArray m, IntArray d, int o, int t, int from, int to, int by) {
    int opcode = d.get(o);
    if (opcode < ADD_OUTER) {
      if (opcode == DOT) {
        dot(m, d, o, t, from, to, by);
      } else {
        mix(m, d, o, t, from, to, by);
      }
    } else if (opcode < ADDITIVE_GRADIENT) {
      if (opcode == ADD_OUTER) {
        addOuter(m, d, o, t, from, to, by);
      } else {
        additive(m, d, o, t, from, to, by);
      }
    } else if (opcode == ADDITIVE_GRADIENT) {
      additiveGradient(m, d, o, t, from, to, by);
    } else {
      Windows.window(m, d, o, t, from, to, by);
    }
  }

  private static void dot(FloatArray m, IntArray d, int o, int t, int from, int to, int by) {
    int positions = Word.parameter(d, o, 0);
    int width = Word.parameter(d, o, 1);
    int query = Word.at(d, o, 0, t);
    int memory = Word.at(d, o, 1, t);
    int y = Word.at(d, o, 2, t);
    for (int u = from; u < to; u += by) {
      int q = query + u / positions * width;
      int k = memory + u * width;
      float sum = 0f;
      for (int j = 0; j < width; j++) {
        sum += m.get(q + j) * m.get(k + j);
      }
      m.set(y + u, sum);
    }
  }

  private static void mix(FloatArray m, IntArray d, int o, int t, int from, int to, int by) {
    int positions = Word.parameter(d, o, 0);
    int width = Word.parameter(d, o, 1);
    int weights = Word.at(d, o, 0, t);
    int memory = Word.at(d, o, 1, t);
    int y = Word.at(d, o, 2, t);
    for (int u = from; u < to; u += by) {
      int row = u / width;
      int w = weights + row * positions;
      int v = memory + row * positions * width + u % width;
      float sum = 0f;
      for (int s = 0; s < positions; s++) {
        sum += m.get(w + s) * m.get(v + s * width);
      }
      m.set(y + u, sum);
    }
  }

  private static void addOuter(FloatArray m, IntArray d, int o, int t, int from, int to, int by) {
    int positions = Word.parameter(d, o, 0);
    int width = Word.parameter(d, o, 1);
    int a = Word.at(d, o, 0, t);
    int b = Word.at(d, o, 1, t);
    int x = Word.at(d, o, 2, t);
    int y = Word.at(d, o, 3, t);
    for (int u = from; u < to; u += by) {
      int position = u / width;
      float product = m.get(a + position) * m.get(b + position / positions * width + u % width);
      m.set(y + u, m.get(x + u) + product);
    }
  }

  private static void additive(FloatArray m, IntArray d, int o, int t, int from, int to, int by) {
    int positions = Word.parameter(d, o, 0);
    int width = Word.parameter(d, o, 1);
    int query = Word.at(d, o, 0, t);
    int keys = Word.at(d, o, 1, t);
    int v = Word.at(d, o, 2, t);
    int y = Word.at(d, o, 3, t);
    for (int u = from; u < to; u += by) {
      int q = query + u / positions * width;
      int k = keys + u * width;
      float sum = 0f;
      for (int j = 0; j < width; j++) {
        sum += m.get(v + j) * TornadoMath.tanh(m.get(q + j) + m.get(k + j));
      }
      m.set(y + u, sum);
    }
  }

  /** Operands: d scores, query, keys, v, keys' gradient so far; d query, keys' gradient, d v. */
  private static void additiveGradient(
      FloatArray m, IntArray d, int o, int t, int from, int to, int by) {
    int positions = Word.parameter(d, o, 0);
    int width = Word.parameter(d, o, 1);
    int dScores = Word.at(d, o, 0, t);
    int query = Word.at(d, o, 1, t);
    int keys = Word.at(d, o, 2, t);
    int v = Word.at(d, o, 3, t);
    int before = Word.at(d, o, 4, t);
    int dQuery = Word.at(d, o, 5, t);
    int dKeys = Word.at(d, o, 6, t);
    int dV = Word.at(d, o, 7, t);
    for (int u = from; u < to; u += by) {
      int row = u / width;
      float q = m.get(query + u);
      float weight = m.get(v + u % width);
      float sumQuery = 0f;
      float sumV = 0f;
      for (int s = 0; s < positions; s++) {
        int position = row * positions + s;
        int i = position * width + u % width;
        float squashed = TornadoMath.tanh(q + m.get(keys + i));
        float given = m.get(dScores + position);
        float g = given * weight * (1f - squashed * squashed);
        sumQuery += g;
        sumV += given * squashed;
        m.set(dKeys + i, m.get(before + i) + g);
      }
      m.set(dQuery + u, sumQuery);
      m.set(dV + u, sumV);
    }
  }
}
