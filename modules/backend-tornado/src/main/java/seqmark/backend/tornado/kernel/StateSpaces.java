package seqmark.backend.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The selective scan. Parameters: length T, width D, states N, whether by zero-order hold, whether
 * B and C belong to channels. Operands: u, delta, A, B, C, skip, then state, y, last state, kept
 * states; or d y, d last state, kept states, and the gradients in the order of the scan's operands.
 */
public final class StateSpaces {
  /** The steps between states that are kept. */
  static final int CHUNK = 24;

  /** The states that a work-item has in registers. */
  private static final int STATES = 16;

  private StateSpaces() {}

  /** The forward pass; a unit is a channel of a batch row, its states are private. */
  public static void scan(KernelContext c, FloatArray m, IntArray d, IntArray at) {
    Transfers.count(m, c.globalIdx);
    float[] h = new float[STATES];
    int first = at.get(0);
    int count = at.get(1);
    int t = at.get(2);
    for (int k = 0; k < count; k++) {
      int o = first + k * Word.COUNT;
      int units = d.get(o + Word.UNITS);
      int length = Word.parameter(d, o, 0);
      int width = Word.parameter(d, o, 1);
      int states = Word.parameter(d, o, 2);
      for (int unit = c.globalIdx; unit < units; unit += c.globalGroupSizeX) {
        int column = unit % width;
        int b = unit / width;
        for (int from = 0; from < states; from += STATES) {
          int n = states - from < STATES ? states - from : STATES;
          int state = (b * states + from) * width + column;
          for (int s = 0; s < n; s++) {
            h[s] = m.get(Word.at(d, o, 6, t) + state + s * width);
          }
          for (int step = 0; step < length; step++) {
            int i = (b * length + step) * width + column;
            float u = m.get(Word.at(d, o, 0, t) + i);
            float y = m.get(Word.at(d, o, 5, t) + column) * u;
            if (from > 0) {
              y = m.get(Word.at(d, o, 7, t) + i);
            }
            for (int s = 0; s < n; s++) {
              if (step % CHUNK == 0) {
                m.set(StateSpaceParts.kept(d, o, t, 9, b, step, from + s, column), h[s]);
              }
              h[s] = StateSpaceParts.next(m, d, o, t, b, step, from + s, column, h[s]);
              y += StateSpaceParts.coefficient(m, d, o, t, 4, b, step, from + s, column) * h[s];
            }
            m.set(Word.at(d, o, 7, t) + i, y);
          }
          for (int s = 0; s < n; s++) {
            m.set(Word.at(d, o, 8, t) + state + s * width, h[s]);
          }
        }
      }
    }
  }

  /**
   * The gradient by channel; a unit is a channel of a batch row, which goes through its states one
   * by one. B and C are done as well where they belong to channels.
   */
  public static void scanGradient(KernelContext c, FloatArray m, IntArray d, IntArray at) {
    Transfers.count(m, c.globalIdx);
    float[] before = new float[CHUNK];
    int first = at.get(0);
    int count = at.get(1);
    int t = at.get(2);
    for (int k = 0; k < count; k++) {
      int o = first + k * Word.COUNT;
      int units = d.get(o + Word.UNITS);
      int length = Word.parameter(d, o, 0);
      int width = Word.parameter(d, o, 1);
      int states = Word.parameter(d, o, 2);
      for (int unit = c.globalIdx; unit < units; unit += c.globalGroupSizeX) {
        int b = unit / width;
        int column = unit % width;
        StateSpaceParts.skipGradient(m, d, o, t, b, column);
        for (int s = 0; s < states; s++) {
          float g = StateSpaceParts.begin(m, d, o, t, b, s, column);
          for (int from = (length - 1) / CHUNK * CHUNK; from >= 0; from -= CHUNK) {
            int n = length - from < CHUNK ? length - from : CHUNK;
            float h = m.get(StateSpaceParts.kept(d, o, t, 8, b, from, s, column));
            for (int i = 0; i < n; i++) {
              before[i] = h;
              h = StateSpaceParts.next(m, d, o, t, b, from + i, s, column, h);
            }
            for (int i = n - 1; i >= 0; i--) {
              g = StateSpaceParts.back(m, d, o, t, b, from + i, s, column, before[i], g);
            }
          }
          StateSpaceParts.end(m, d, o, t, b, s, column, g);
        }
      }
    }
  }

  /**
   * The gradient of B and C where they differ from step to step; a unit is a state of a batch row,
   * which goes through all channels one by one.
   */
  public static void scanMixGradient(KernelContext c, FloatArray m, IntArray d, IntArray at) {
    Transfers.count(m, c.globalIdx);
    float[] before = new float[CHUNK];
    int first = at.get(0);
    int count = at.get(1);
    int t = at.get(2);
    for (int k = 0; k < count; k++) {
      int o = first + k * Word.COUNT;
      int units = d.get(o + Word.UNITS);
      int length = Word.parameter(d, o, 0);
      int width = Word.parameter(d, o, 1);
      int states = Word.parameter(d, o, 2);
      for (int unit = c.globalIdx; unit < units; unit += c.globalGroupSizeX) {
        int b = unit / states;
        int s = unit % states;
        StateSpaceParts.beginMixed(m, d, o, t, b, s);
        for (int column = 0; column < width; column++) {
          float g = m.get(Word.at(d, o, 7, t) + unit * width + column);
          for (int from = (length - 1) / CHUNK * CHUNK; from >= 0; from -= CHUNK) {
            int n = length - from < CHUNK ? length - from : CHUNK;
            float h = m.get(StateSpaceParts.kept(d, o, t, 8, b, from, s, column));
            for (int i = 0; i < n; i++) {
              before[i] = h;
              h = StateSpaceParts.next(m, d, o, t, b, from + i, s, column, h);
            }
            for (int i = n - 1; i >= 0; i--) {
              g = StateSpaceParts.backMixed(m, d, o, t, b, from + i, s, column, before[i], g);
            }
          }
        }
      }
    }
  }
}
