package seqmark.backend.tornado.kernel;

import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** What one query and one key of a head have to do with each other; a row is a query of a head. */
final class HeadParts {
  private HeadParts() {}

  /** How far into queries or results, of heads of this width, a row lies. */
  static int query(IntArray d, int o, int row, int width) {
    int heads = Word.parameter(d, o, 0);
    int queries = Word.parameter(d, o, 1);
    int head = row / queries % heads;
    int b = row / queries / heads;
    return ((b * queries + row % queries) * heads + head) * width;
  }

  /** How far into keys or values, of heads of this width, a key lies that a row looks at. */
  static int memory(IntArray d, int o, int row, int key, int width) {
    int heads = Word.parameter(d, o, 0);
    int queries = Word.parameter(d, o, 1);
    int keys = Word.parameter(d, o, 2);
    int head = row / queries % heads;
    int b = row / queries / heads;
    return ((b * keys + key) * heads + head) * width;
  }

  static int key(IntArray d, int o, int t, int row, int key) {
    return Word.at(d, o, 1, t) + memory(d, o, row, key, Word.parameter(d, o, 3));
  }

  static int value(IntArray d, int o, int t, int row, int key) {
    return Word.at(d, o, 2, t) + memory(d, o, row, key, Word.parameter(d, o, 4));
  }

  /** Whether a row looks at a key at all. */
  static boolean sees(FloatArray m, IntArray d, int o, int t, int row, int key) {
    int queries = Word.parameter(d, o, 1);
    int keys = Word.parameter(d, o, 2);
    int b = row / queries / Word.parameter(d, o, 0);
    int visible = keys;
    if (Word.parameter(d, o, Heads.SCORE + 1) == 1) {
      visible = row % queries + 1 + keys - queries;
    }
    boolean sees = false;
    if (key < keys && key < visible) {
      sees = m.get(Word.at(d, o, 3, t) + b * keys + key) != 0f;
    }
    return sees;
  }

  static float score(FloatArray m, IntArray d, int o, int t, int row, int key) {
    int heads = Word.parameter(d, o, 0);
    int queries = Word.parameter(d, o, 1);
    int width = Word.parameter(d, o, 3);
    int q = Word.at(d, o, 0, t) + query(d, o, row, width);
    int k = key(d, o, t, row, key);
    float dot = 0f;
    for (int i = 0; i < width; i++) {
      dot += m.get(q + i) * m.get(k + i);
    }
    float score = Word.fraction(m, d, o, Heads.SCORE) * dot;
    if (Word.parameter(d, o, Heads.SCORE + 2) == 1) {
      int head = row / queries % heads;
      int b = row / queries / heads;
      float here = m.get(Word.at(d, o, 4, t) + b * queries + row % queries);
      float there = m.get(Word.at(d, o, 5, t) + b * Word.parameter(d, o, 2) + key);
      float slope = TornadoMath.exp(Word.fraction(m, d, o, Heads.SCORE + 3) * (head + 1));
      score -= slope * TornadoMath.abs(here - there);
    }
    return score;
  }

  /** The weight of a key, from the log of the row's sum. */
  static float weight(FloatArray m, IntArray d, int o, int t, int row, int key) {
    return TornadoMath.exp(score(m, d, o, t, row, key) - m.get(Word.at(d, o, 7, t) + row));
  }

  /** The gradient of a key's weight: that of the result times the key's value. */
  static float through(FloatArray m, IntArray d, int o, int t, int row, int key) {
    int width = Word.parameter(d, o, 4);
    int g = Word.at(d, o, 6, t) + query(d, o, row, width);
    int v = value(d, o, t, row, key);
    float sum = 0f;
    for (int i = 0; i < width; i++) {
      sum += m.get(g + i) * m.get(v + i);
    }
    return sum;
  }

  /** How many of those left a workgroup takes at once. */
  static int atOnce(int left) {
    return left < Group.LANES ? left : Group.LANES;
  }

  static void clear(FloatArray m, int at, int width, int lane) {
    for (int i = lane; i < width; i += Group.LANES) {
      m.set(at + i, 0f);
    }
  }

  /** Divides what was mixed by the sum of its weights, and keeps that sum's log. */
  static void finish(
      FloatArray m, IntArray d, int o, int t, int row, int y, int lane, float largest, float sum) {
    int width = Word.parameter(d, o, 4);
    for (int i = lane; i < width; i += Group.LANES) {
      if (sum != 0f) {
        m.set(y + i, m.get(y + i) / sum);
      }
    }
    if (lane == 0) {
      float logSum = 0f;
      if (sum != 0f) {
        logSum = largest + TornadoMath.log(sum);
      }
      m.set(Word.at(d, o, 7, t) + row, logSum);
    }
  }
}
