package seqmark.backend.tornado.kernel;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Ops on padded sequences. */
final class Sequences {
  private Sequences() {}

  static void run(FloatArray m, IntArray d, int o, int t, int from, int to, int by) {
    int opcode = d.get(o);
    if (opcode == Moves.REVERSE) {
      reverse(m, d, o, t, from, to, by);
    } else if (opcode == Moves.ROTATE) {
      rotate(m, d, o, t, from, to, by);
    } else {
      sentences(m, d, o, t, from, to, by);
    }
  }

  /** How many positions of a row of a mask are valid, counted from its start. */
  private static int valid(FloatArray m, int mask, int length) {
    int n = 0;
    boolean inside = true;
    for (int i = 0; i < length; i++) {
      if (m.get(mask + i) == 0f) {
        inside = false;
      }
      if (inside) {
        n++;
      }
    }
    return n;
  }

  private static void reverse(FloatArray m, IntArray d, int o, int t, int from, int to, int by) {
    int length = Word.parameter(d, o, 0);
    int inner = Word.parameter(d, o, 1);
    int x = Word.at(d, o, 0, t);
    int mask = Word.at(d, o, 1, t);
    int y = Word.at(d, o, 2, t);
    for (int i = from; i < to; i += by) {
      int position = i / inner;
      int start = position - position % length;
      int p = position - start;
      int n = valid(m, mask + start, length);
      int source = p < n ? n - 1 - p : p;
      m.set(y + i, m.get(x + (start + source) * inner + i % inner));
    }
  }

  private static void rotate(FloatArray m, IntArray d, int o, int t, int from, int to, int by) {
    int length = Word.parameter(d, o, 0);
    int inner = Word.parameter(d, o, 1);
    int back = Word.parameter(d, o, 2);
    int x = Word.at(d, o, 0, t);
    int mask = Word.at(d, o, 1, t);
    int y = Word.at(d, o, 2, t);
    for (int i = from; i < to; i += by) {
      int position = i / inner;
      int start = position - position % length;
      int p = position - start;
      int n = valid(m, mask + start, length);
      int source = back == 1 ? (p + length - n) % length : (p + n) % length;
      m.set(y + i, m.get(x + (start + source) * inner + i % inner));
    }
  }

  /** Operands: ids, mask, members [B, S, S], places [B, S]. A token fills its column of members. */
  private static void sentences(FloatArray m, IntArray d, int o, int t, int from, int to, int by) {
    int length = Word.parameter(d, o, 0);
    int end = Word.parameter(d, o, 1);
    int idsAt = Word.at(d, o, 0, t);
    int maskAt = Word.at(d, o, 1, t);
    int membersAt = Word.at(d, o, 2, t);
    int placesAt = Word.at(d, o, 3, t);
    for (int i = from; i < to; i += by) {
      int row = i / length;
      int s = i % length;
      int ids = idsAt + row * length;
      int n = valid(m, maskAt + row * length, length);
      int sentence = s < n ? endsBefore(m, ids, s, end) : -1;
      for (int k = 0; k < length; k++) {
        m.set(membersAt + (row * length + k) * length + s, k == sentence ? 1f : 0f);
      }
      int first = firstOf(m, ids, s, end);
      int last = lastOf(m, ids, s, n, end);
      float place = s < n ? (s - first + 1f) / (last - first + 1f) : 0f;
      m.set(placesAt + i, place);
    }
  }

  private static int endsBefore(FloatArray m, int ids, int s, int end) {
    int count = 0;
    for (int j = 0; j < s; j++) {
      if (m.get(ids + j) == (float) end) {
        count++;
      }
    }
    return count;
  }

  private static int firstOf(FloatArray m, int ids, int s, int end) {
    int first = 0;
    for (int j = 0; j < s; j++) {
      if (m.get(ids + j) == (float) end) {
        first = j + 1;
      }
    }
    return first;
  }

  private static int lastOf(FloatArray m, int ids, int s, int n, int end) {
    int last = n - 1;
    for (int j = n - 1; j >= s; j--) {
      if (m.get(ids + j) == (float) end) {
        last = j;
      }
    }
    return last;
  }
}
