package seqmark.backend.tornado.kernel;

import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** One state of one channel of one batch row. */
final class StateSpaceParts {
  private static final int CHUNK = StateSpaces.CHUNK;

  private StateSpaceParts() {}

  /** The place of the state before a chunk. */
  static int kept(IntArray d, int o, int t, int operand, int b, int step, int s, int column) {
    int width = Word.parameter(d, o, 1);
    int states = Word.parameter(d, o, 2);
    int chunks = (Word.parameter(d, o, 0) + CHUNK - 1) / CHUNK;
    int chunk = b * chunks + step / CHUNK;
    return Word.at(d, o, operand, t) + (chunk * states + s) * width + column;
  }

  /** An element of B or C, which are operands 3 and 4. */
  static float coefficient(
      FloatArray m, IntArray d, int o, int t, int operand, int b, int step, int s, int column) {
    int i = (b * Word.parameter(d, o, 0) + step) * Word.parameter(d, o, 2) + s;
    if (Word.parameter(d, o, 4) == 1) {
      i = s * Word.parameter(d, o, 1) + column;
    }
    return m.get(Word.at(d, o, operand, t) + i);
  }

  private static float element(
      FloatArray m, IntArray d, int o, int t, int operand, int b, int step, int column) {
    int row = b * Word.parameter(d, o, 0) + step;
    return m.get(Word.at(d, o, operand, t) + row * Word.parameter(d, o, 1) + column);
  }

  /** The state after a step. */
  static float next(
      FloatArray m, IntArray d, int o, int t, int b, int step, int s, int column, float before) {
    float u = element(m, d, o, t, 0, b, step, column);
    float delta = element(m, d, o, t, 1, b, step, column);
    float z = delta * m.get(Word.at(d, o, 2, t) + s * Word.parameter(d, o, 1) + column);
    float in = coefficient(m, d, o, t, 3, b, step, s, column);
    float gain = gain(Word.parameter(d, o, 3), z);
    return TornadoMath.exp(z) * before + delta * gain * in * u;
  }

  private static float gain(int hold, float z) {
    float gain = 1f;
    if (hold == 1) {
      gain = near(z) ? series(z) : (TornadoMath.exp(z) - 1f) / z;
    }
    return gain;
  }

  private static float gainSlope(int hold, float z) {
    float slope = 0f;
    if (hold == 1) {
      if (near(z)) {
        slope = seriesSlope(z);
      } else {
        float e = TornadoMath.exp(z);
        slope = (e - (e - 1f) / z) / z;
      }
    }
    return slope;
  }

  /** Where quotients would cancel. */
  private static boolean near(float z) {
    return TornadoMath.abs(z) < 1f;
  }

  /** {@code (exp(z) - 1) / z}: the sum of {@code z^k / (k + 1)!}. */
  private static float series(float z) {
    float sum = 1f;
    for (int k = 11; k > 0; k--) {
      sum = 1f + sum * z / (k + 1);
    }
    return sum;
  }

  /** Its derivative: the sum of {@code k z^(k - 1) / (k + 1)!}. */
  private static float seriesSlope(float z) {
    float term = 0.5f;
    float sum = 0f;
    for (int k = 1; k < 13; k++) {
      sum += k * term;
      term = term * z / (k + 2);
    }
    return sum;
  }

  /** The direct way from u to y: starts d u, d delta, and gives d skip. */
  static void skipGradient(FloatArray m, IntArray d, int o, int t, int b, int column) {
    int length = Word.parameter(d, o, 0);
    int width = Word.parameter(d, o, 1);
    float skip = m.get(Word.at(d, o, 5, t) + column);
    float sum = 0f;
    for (int step = 0; step < length; step++) {
      int i = (b * length + step) * width + column;
      float g = m.get(Word.at(d, o, 6, t) + i);
      sum += g * m.get(Word.at(d, o, 0, t) + i);
      m.set(Word.at(d, o, 9, t) + i, g * skip);
      m.set(Word.at(d, o, 10, t) + i, 0f);
    }
    m.set(Word.at(d, o, 14, t) + b * width + column, sum);
  }

  private static int place(IntArray d, int o, int operand, int t, int b, int s, int column) {
    int state = b * Word.parameter(d, o, 2) + s;
    return Word.at(d, o, operand, t) + state * Word.parameter(d, o, 1) + column;
  }

  /** Where d B, operand 12, or d C, operand 13, of a step or of a channel is summed up. */
  private static int mixed(
      IntArray d, int o, int operand, int t, int b, int step, int s, int column) {
    int row = b * Word.parameter(d, o, 0) + step;
    int i = Word.at(d, o, operand, t) + row * Word.parameter(d, o, 2) + s;
    if (Word.parameter(d, o, 4) == 1) {
      i = place(d, o, operand, t, b, s, column);
    }
    return i;
  }

  private static void add(FloatArray m, int place, float value) {
    m.set(place, m.get(place) + value);
  }

  /** Starts a state's sums; the gradient of the last state. */
  static float begin(FloatArray m, IntArray d, int o, int t, int b, int s, int column) {
    m.set(place(d, o, 11, t, b, s, column), 0f);
    if (Word.parameter(d, o, 4) == 1) {
      m.set(place(d, o, 12, t, b, s, column), 0f);
      m.set(place(d, o, 13, t, b, s, column), 0f);
    }
    return m.get(place(d, o, 7, t, b, s, column));
  }

  /** The gradient of the first state. */
  static void end(FloatArray m, IntArray d, int o, int t, int b, int s, int column, float g) {
    m.set(place(d, o, 15, t, b, s, column), g);
  }

  /** Starts the sums of a state's B and C at every step. */
  static void beginMixed(FloatArray m, IntArray d, int o, int t, int b, int s) {
    int length = Word.parameter(d, o, 0);
    for (int step = 0; step < length; step++) {
      m.set(mixed(d, o, 12, t, b, step, s, 0), 0f);
      m.set(mixed(d, o, 13, t, b, step, s, 0), 0f);
    }
  }

  /**
   * Takes a step backwards: adds to d u, d delta, d A, and d B and d C by channel.
   *
   * @param before the state before the step
   * @param after the gradient of the state after it, without what the step itself adds
   * @return the gradient of the state before it
   */
  static float back(
      FloatArray m,
      IntArray d,
      int o,
      int t,
      int b,
      int step,
      int s,
      int column,
      float before,
      float after) {
    int hold = Word.parameter(d, o, 3);
    int row = b * Word.parameter(d, o, 0) + step;
    int i = row * Word.parameter(d, o, 1) + column;
    float a = m.get(Word.at(d, o, 2, t) + s * Word.parameter(d, o, 1) + column);
    float u = element(m, d, o, t, 0, b, step, column);
    float delta = element(m, d, o, t, 1, b, step, column);
    float in = coefficient(m, d, o, t, 3, b, step, s, column);
    float dy = element(m, d, o, t, 6, b, step, column);
    float gain = gain(hold, delta * a);
    float decay = TornadoMath.exp(delta * a);
    float g = after + dy * coefficient(m, d, o, t, 4, b, step, s, column);
    float dz = g * (before * decay + delta * in * u * gainSlope(hold, delta * a));
    add(m, Word.at(d, o, 9, t) + i, g * delta * gain * in);
    add(m, Word.at(d, o, 10, t) + i, dz * a + g * gain * in * u);
    add(m, place(d, o, 11, t, b, s, column), dz * delta);
    if (Word.parameter(d, o, 4) == 1) {
      add(m, mixed(d, o, 12, t, b, step, s, column), g * delta * gain * u);
      float state = decay * before + delta * gain * in * u;
      add(m, mixed(d, o, 13, t, b, step, s, column), dy * state);
    }
    return g * decay;
  }

  /** Takes a step backwards as {@link #back} does, but adds to a step's d B and d C alone. */
  static float backMixed(
      FloatArray m,
      IntArray d,
      int o,
      int t,
      int b,
      int step,
      int s,
      int column,
      float before,
      float after) {
    int hold = Word.parameter(d, o, 3);
    float a = m.get(Word.at(d, o, 2, t) + s * Word.parameter(d, o, 1) + column);
    float u = element(m, d, o, t, 0, b, step, column);
    float delta = element(m, d, o, t, 1, b, step, column);
    float in = coefficient(m, d, o, t, 3, b, step, s, column);
    float dy = element(m, d, o, t, 6, b, step, column);
    float gain = gain(hold, delta * a);
    float decay = TornadoMath.exp(delta * a);
    float g = after + dy * coefficient(m, d, o, t, 4, b, step, s, column);
    add(m, mixed(d, o, 12, t, b, step, s, column), g * delta * gain * u);
    float state = decay * before + delta * gain * in * u;
    add(m, mixed(d, o, 13, t, b, step, s, column), dy * state);
    return g * decay;
  }
}
