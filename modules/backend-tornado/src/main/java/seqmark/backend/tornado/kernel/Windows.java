package seqmark.backend.tornado.kernel;

import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Ops that look at neighbouring positions or at a position's number. */
final class Windows {
  private Windows() {}

  static void run(FloatArray m, IntArray d, int o, int t, int from, int to, int by) {
    int opcode = d.get(o);
    if (opcode == Moves.UNFOLD) {
      unfold(m, d, o, t, from, to, by);
    } else if (opcode == Moves.FOLD) {
      fold(m, d, o, t, from, to, by);
    } else if (opcode == Moves.TURN) {
      turn(m, d, o, t, from, to, by);
    } else {
      convolution(m, d, o, t, from, to, by);
    }
  }

  private static void unfold(FloatArray m, IntArray d, int o, int t, int from, int to, int by) {
    int length = Word.parameter(d, o, 0);
    int width = Word.parameter(d, o, 1);
    int taps = Word.parameter(d, o, 2);
    int dilation = Word.parameter(d, o, 3);
    int before = Word.parameter(d, o, 4);
    int x = Word.at(d, o, 0, t);
    int y = Word.at(d, o, 1, t);
    for (int i = from; i < to; i += by) {
      int tap = i / width % taps;
      int position = i / width / taps;
      int shift = tap * dilation - before;
      int p = position % length + shift;
      float v = 0f;
      if (p >= 0 && p < length) {
        v = m.get(x + (position + shift) * width + i % width);
      }
      m.set(y + i, v);
    }
  }

  /** Operands: x, result, bias. */
  private static void fold(FloatArray m, IntArray d, int o, int t, int from, int to, int by) {
    int length = Word.parameter(d, o, 0);
    int width = Word.parameter(d, o, 1);
    int taps = Word.parameter(d, o, 2);
    int dilation = Word.parameter(d, o, 3);
    int before = Word.parameter(d, o, 4);
    int biased = Word.parameter(d, o, 5);
    int x = Word.at(d, o, 0, t);
    int y = Word.at(d, o, 1, t);
    int bias = Word.at(d, o, 2, t);
    for (int i = from; i < to; i += by) {
      int position = i / width;
      float sum = 0f;
      if (biased == 1) {
        sum = m.get(bias + i % width);
      }
      for (int tap = 0; tap < taps; tap++) {
        int shift = tap * dilation - before;
        int p = position % length - shift;
        if (p >= 0 && p < length) {
          sum += m.get(x + ((position - shift) * taps + tap) * width + i % width);
        }
      }
      m.set(y + i, sum);
    }
  }

  /** Operands: x, table [P, W], positions, result, which may lie where x does. */
  private static void turn(FloatArray m, IntArray d, int o, int t, int from, int to, int by) {
    int perRow = Word.parameter(d, o, 0);
    int width = Word.parameter(d, o, 1);
    int positions = Word.parameter(d, o, 2);
    int sign = Word.parameter(d, o, 3);
    int half = width / 2;
    int x = Word.at(d, o, 0, t);
    int table = Word.at(d, o, 1, t);
    int numbers = Word.at(d, o, 2, t);
    int y = Word.at(d, o, 3, t);
    for (int i = from; i < to; i += by) {
      int angle = i % half;
      int head = i / half;
      int left = head * width + angle;
      int position = Ids.checked(m, numbers + left / perRow, positions);
      float cos = m.get(Transfers.NOT_A_NUMBER);
      float sin = m.get(Transfers.NOT_A_NUMBER);
      if (position >= 0) {
        cos = m.get(table + position * width + angle);
        sin = m.get(table + position * width + half + angle) * sign;
      }
      float a = m.get(x + left);
      float b = m.get(x + left + half);
      m.set(y + left, a * cos - b * sin);
      m.set(y + left + half, b * cos + a * sin);
    }
  }

  /** Operands: x, weight [K, D], bias [D], result. */
  private static void convolution(
      FloatArray m, IntArray d, int o, int t, int from, int to, int by) {
    int length = Word.parameter(d, o, 0);
    int width = Word.parameter(d, o, 1);
    int taps = Word.parameter(d, o, 2);
    int direction = Word.parameter(d, o, 3);
    int biased = Word.parameter(d, o, 4);
    int x = Word.at(d, o, 0, t);
    int w = Word.at(d, o, 1, t);
    int bias = Word.at(d, o, 2, t);
    int y = Word.at(d, o, 3, t);
    for (int i = from; i < to; i += by) {
      int column = i % width;
      int p = i / width % length;
      float sum = 0f;
      if (biased == 1) {
        sum = m.get(bias + column);
      }
      for (int k = 0; k < taps; k++) {
        int shift = (taps - 1 - k) * direction;
        int q = p + shift;
        if (q >= 0 && q < length) {
          sum += m.get(w + k * width + column) * m.get(x + i + shift * width);
        }
      }
      m.set(y + i, sum);
    }
  }

  static void window(FloatArray m, IntArray d, int o, int t, int from, int to, int by) {
    int width = Word.parameter(d, o, 0);
    int radius = Word.parameter(d, o, 1);
    int centre = Word.at(d, o, 0, t);
    int mask = Word.at(d, o, 1, t);
    int y = Word.at(d, o, 2, t);
    for (int i = from; i < to; i += by) {
      float apart = TornadoMath.abs(i % width - m.get(centre + i / width));
      boolean far = apart > radius || Float.isNaN(apart);
      m.set(y + i, far || m.get(mask + i) == 0f ? 0f : 1f);
    }
  }
}
