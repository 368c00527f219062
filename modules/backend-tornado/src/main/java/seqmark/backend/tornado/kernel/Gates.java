package seqmark.backend.tornado.kernel;

import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Gated units; a unit is an element of a half. Parameters: width, whether masked, and the form or,
 * where the gate lets itself through, for how many elements a number of the content stands.
 */
final class Gates {
  /** By the order of {@code op.Gate.Form}. */
  private static final int TANH = 1;

  private Gates() {}

  /** Operands: x, mask; result. */
  static void unit(FloatArray m, IntArray d, int o, int t, int from, int to, int by) {
    int width = Word.parameter(d, o, 0);
    int masked = Word.parameter(d, o, 1);
    int form = Word.parameter(d, o, 2);
    int x = Word.at(d, o, 0, t);
    int mask = Word.at(d, o, 1, t);
    int y = Word.at(d, o, 2, t);
    for (int u = from; u < to; u += by) {
      int row = u / width;
      int i = row * 2 * width + u % width;
      float content = content(form, m.get(x + i));
      float gate = Functions.logistic(m.get(x + i + width));
      m.set(y + u, Cells.padding(m, masked, mask + row) ? 0f : content * gate);
    }
  }

  /** Operands: x, d result, mask; dx. */
  static void gradient(FloatArray m, IntArray d, int o, int t, int from, int to, int by) {
    int width = Word.parameter(d, o, 0);
    int masked = Word.parameter(d, o, 1);
    int form = Word.parameter(d, o, 2);
    int x = Word.at(d, o, 0, t);
    int given = Word.at(d, o, 1, t);
    int mask = Word.at(d, o, 2, t);
    int dx = Word.at(d, o, 3, t);
    for (int u = from; u < to; u += by) {
      int row = u / width;
      int i = row * 2 * width + u % width;
      float content = content(form, m.get(x + i));
      float gate = Functions.logistic(m.get(x + i + width));
      float g = Cells.padding(m, masked, mask + row) ? 0f : m.get(given + u);
      float slope = form == TANH ? 1f - content * content : 1f;
      m.set(dx + i, g * gate * slope);
      m.set(dx + i + width, g * content * gate * (1f - gate));
    }
  }

  /** Operands: content, gate; result. */
  static void swiglu(FloatArray m, IntArray d, int o, int t, int from, int to, int by) {
    int repeats = Word.parameter(d, o, 2);
    int content = Word.at(d, o, 0, t);
    int gate = Word.at(d, o, 1, t);
    int y = Word.at(d, o, 2, t);
    for (int u = from; u < to; u += by) {
      float g = m.get(gate + u);
      m.set(y + u, m.get(content + u / repeats) * g * Functions.logistic(g));
    }
  }

  /** Operands: d result, content, gate; d gate and, where parameter 1 says so, d content. */
  static void swigluGradient(FloatArray m, IntArray d, int o, int t, int from, int to, int by) {
    int ofContent = Word.parameter(d, o, 1);
    int repeats = Word.parameter(d, o, 2);
    int given = Word.at(d, o, 0, t);
    int content = Word.at(d, o, 1, t);
    int gate = Word.at(d, o, 2, t);
    int dGate = Word.at(d, o, 3, t);
    int dContent = Word.at(d, o, 4, t);
    for (int u = from; u < to; u += by) {
      float g = m.get(gate + u);
      float s = Functions.logistic(g);
      float silu = g * s;
      float through = m.get(given + u);
      float c = m.get(content + u / repeats);
      m.set(dGate + u, through * c * (s + silu * (1f - s)));
      if (ofContent == 1) {
        m.set(dContent + u, through * silu);
      }
    }
  }

  private static float content(int form, float x) {
    return form == TANH ? TornadoMath.tanh(x) : x;
  }
}
