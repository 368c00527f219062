package seqmark.backend.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Fused recurrent cells, and gated units; a unit is an element of the state. Parameters: width,
 * whether masked.
 */
public final class Cells {
  /** See {@link seqmark.compute.op.Recurrent.LstmCell}. */
  public static final int LSTM = 0;

  /** See {@link seqmark.compute.op.Recurrent.LstmCellGradient}. */
  public static final int LSTM_GRADIENT = 1;

  /** See {@link seqmark.compute.op.Recurrent.GruCell}. */
  public static final int GRU = 2;

  /** See {@link seqmark.compute.op.Recurrent.GruCellGradient}. */
  public static final int GRU_GRADIENT = 3;

  /** See {@link seqmark.compute.op.Gate.Unit}. */
  public static final int GATE = 4;

  /** See {@link seqmark.compute.op.Gate.UnitGradient}. */
  public static final int GATE_GRADIENT = 5;

  /** See {@link seqmark.compute.op.Gate.Swiglu}. */
  public static final int SWIGLU = 6;

  /** See {@link seqmark.compute.op.Gate.SwigluGradient}. */
  public static final int SWIGLU_GRADIENT = 7;

  private Cells() {}

  /** Instructions that do not need each other's results, over all work-items. */
  public static void cells(KernelContext c, FloatArray m, IntArray d, IntArray at) {
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
    if (opcode < GRU) {
      if (opcode == LSTM) {
        lstm(m, d, o, t, from, to, by);
      } else {
        lstmGradient(m, d, o, t, from, to, by);
      }
    } else if (opcode < GATE) {
      if (opcode == GRU) {
        gru(m, d, o, t, from, to, by);
      } else {
        gruGradient(m, d, o, t, from, to, by);
      }
    } else if (opcode < SWIGLU) {
      if (opcode == GATE) {
        Gates.unit(m, d, o, t, from, to, by);
      } else {
        Gates.gradient(m, d, o, t, from, to, by);
      }
    } else if (opcode == SWIGLU) {
      Gates.swiglu(m, d, o, t, from, to, by);
    } else {
      Gates.swigluGradient(m, d, o, t, from, to, by);
    }
  }

  static boolean padding(FloatArray m, int masked, int mask) {
    return masked == 1 && m.get(mask) == 0f;
  }

  /** Operands: gates, c, old h, mask; h, c, activated gates. */
  private static void lstm(FloatArray m, IntArray d, int o, int t, int from, int to, int by) {
    int h = Word.parameter(d, o, 0);
    int masked = Word.parameter(d, o, 1);
    int gates = Word.at(d, o, 0, t);
    int c = Word.at(d, o, 1, t);
    int old = Word.at(d, o, 2, t);
    int mask = Word.at(d, o, 3, t);
    int newH = Word.at(d, o, 4, t);
    int newC = Word.at(d, o, 5, t);
    int activated = Word.at(d, o, 6, t);
    for (int u = from; u < to; u += by) {
      int row = u / h;
      int i = row * 4 * h + u % h;
      float in = Functions.logistic(m.get(gates + i));
      float forget = Functions.logistic(m.get(gates + i + h));
      float cell = TornadoMath.tanh(m.get(gates + i + 2 * h));
      float out = Functions.logistic(m.get(gates + i + 3 * h));
      m.set(activated + i, in);
      m.set(activated + i + h, forget);
      m.set(activated + i + 2 * h, cell);
      m.set(activated + i + 3 * h, out);
      float before = m.get(c + u);
      float next = forget * before + in * cell;
      float shown = out * TornadoMath.tanh(next);
      if (padding(m, masked, mask + row)) {
        next = before;
        shown = m.get(old + u);
      }
      m.set(newH + u, shown);
      m.set(newC + u, next);
    }
  }

  /** Operands: dh, dc, activated gates, old c, new c, mask; d gates, d old c, d old h. */
  private static void lstmGradient(
      FloatArray m, IntArray d, int o, int t, int from, int to, int by) {
    int h = Word.parameter(d, o, 0);
    int masked = Word.parameter(d, o, 1);
    int dh = Word.at(d, o, 0, t);
    int dc = Word.at(d, o, 1, t);
    int activated = Word.at(d, o, 2, t);
    int oldC = Word.at(d, o, 3, t);
    int newC = Word.at(d, o, 4, t);
    int mask = Word.at(d, o, 5, t);
    int dGates = Word.at(d, o, 6, t);
    int dOldC = Word.at(d, o, 7, t);
    int dOldH = Word.at(d, o, 8, t);
    for (int u = from; u < to; u += by) {
      int row = u / h;
      int i = row * 4 * h + u % h;
      boolean keep = padding(m, masked, mask + row);
      float in = m.get(activated + i);
      float forget = m.get(activated + i + h);
      float cell = m.get(activated + i + 2 * h);
      float out = m.get(activated + i + 3 * h);
      float squashed = TornadoMath.tanh(m.get(newC + u));
      float givenH = m.get(dh + u);
      float givenC = m.get(dc + u);
      float gh = keep ? 0f : givenH;
      float gc = keep ? 0f : givenC + givenH * out * (1f - squashed * squashed);
      m.set(dGates + i, gc * cell * in * (1f - in));
      m.set(dGates + i + h, gc * m.get(oldC + u) * forget * (1f - forget));
      m.set(dGates + i + 2 * h, gc * in * (1f - cell * cell));
      m.set(dGates + i + 3 * h, gh * squashed * out * (1f - out));
      m.set(dOldC + u, keep ? givenC : gc * forget);
      if (masked == 1) {
        m.set(dOldH + u, keep ? givenH : 0f);
      }
    }
  }

  /** Operands: projected input, projected state, h, mask; h, activated gates. */
  private static void gru(FloatArray m, IntArray d, int o, int t, int from, int to, int by) {
    int h = Word.parameter(d, o, 0);
    int masked = Word.parameter(d, o, 1);
    int input = Word.at(d, o, 0, t);
    int state = Word.at(d, o, 1, t);
    int old = Word.at(d, o, 2, t);
    int mask = Word.at(d, o, 3, t);
    int newH = Word.at(d, o, 4, t);
    int activated = Word.at(d, o, 5, t);
    for (int u = from; u < to; u += by) {
      int row = u / h;
      int i = row * 3 * h + u % h;
      float reset = Functions.logistic(m.get(input + i) + m.get(state + i));
      float update = Functions.logistic(m.get(input + i + h) + m.get(state + i + h));
      float inner = m.get(input + i + 2 * h) + reset * m.get(state + i + 2 * h);
      float fresh = TornadoMath.tanh(inner);
      m.set(activated + i, reset);
      m.set(activated + i + h, update);
      m.set(activated + i + 2 * h, fresh);
      float before = m.get(old + u);
      boolean keep = padding(m, masked, mask + row);
      m.set(newH + u, keep ? before : (1f - update) * fresh + update * before);
    }
  }

  /** Operands: dh, activated gates, projected state, old h, mask; d input, d state, d old h. */
  private static void gruGradient(
      FloatArray m, IntArray d, int o, int t, int from, int to, int by) {
    int h = Word.parameter(d, o, 0);
    int masked = Word.parameter(d, o, 1);
    int dh = Word.at(d, o, 0, t);
    int activated = Word.at(d, o, 1, t);
    int state = Word.at(d, o, 2, t);
    int old = Word.at(d, o, 3, t);
    int mask = Word.at(d, o, 4, t);
    int dInput = Word.at(d, o, 5, t);
    int dState = Word.at(d, o, 6, t);
    int dOld = Word.at(d, o, 7, t);
    for (int u = from; u < to; u += by) {
      int row = u / h;
      int i = row * 3 * h + u % h;
      boolean keep = padding(m, masked, mask + row);
      float reset = m.get(activated + i);
      float update = m.get(activated + i + h);
      float fresh = m.get(activated + i + 2 * h);
      float given = m.get(dh + u);
      float g = keep ? 0f : given;
      float dFresh = g * (1f - update) * (1f - fresh * fresh);
      float dUpdate = g * (m.get(old + u) - fresh) * update * (1f - update);
      float dReset = dFresh * m.get(state + i + 2 * h) * reset * (1f - reset);
      m.set(dInput + i, dReset);
      m.set(dInput + i + h, dUpdate);
      m.set(dInput + i + 2 * h, dFresh);
      m.set(dState + i, dReset);
      m.set(dState + i + h, dUpdate);
      m.set(dState + i + 2 * h, dFresh * reset);
      m.set(dOld + u, keep ? given : g * update);
    }
  }
}
