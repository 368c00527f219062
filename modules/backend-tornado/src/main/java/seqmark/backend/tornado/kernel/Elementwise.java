package seqmark.backend.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Ops that compute each element alone; a unit is an element. */
public final class Elementwise {
  /** {@code a op b}; parameters: arithmetic, four extents, four strides of a, four of b. */
  public static final int BINARY = 0;

  /** A function; parameter: which. */
  public static final int UNARY = 1;

  /** Its slope times a gradient; parameter: which. */
  public static final int UNARY_GRADIENT = 2;

  /** {@code scale * x + shift}; parameters: both. */
  public static final int AFFINE = 3;

  /** A number everywhere; parameter: the number. */
  public static final int FILL = 4;

  /** The index. */
  public static final int RANGE = 5;

  /** Dropout's factors; parameters: threshold, salt, factor. */
  public static final int DROPOUT = 6;

  /** AdamW; parameters: beta1, beta2, epsilon, weight decay. */
  public static final int ADAMW = 7;

  /** The gradient of cross-entropy; parameters: classes, smoothing. */
  public static final int LOSS_GRADIENT = 8;

  private Elementwise() {}

  /** Instructions that do not need each other's results, over all work-items. */
  public static void elements(KernelContext c, FloatArray m, IntArray d, IntArray at) {
    Transfers.count(m, c.globalIdx);
    int first = at.get(0);
    int count = at.get(1);
    int t = at.get(2);
    for (int k = 0; k < count; k++) {
      int o = first + k * Word.COUNT;
      int units = d.get(o + Word.UNITS);
      run(m, d, o, t, c.globalIdx, units, c.globalGroupSizeX);
    }
  }

  static void run(FloatArray m, IntArray d, int o, int t, int from, int to, int by) {
    int opcode = d.get(o);
    if (opcode < UNARY_GRADIENT) {
      if (opcode == BINARY) {
        binary(m, d, o, t, from, to, by);
      } else {
        unary(m, d, o, t, from, to, by);
      }
    } else if (opcode < FILL) {
      if (opcode == UNARY_GRADIENT) {
        unaryGradient(m, d, o, t, from, to, by);
      } else {
        affine(m, d, o, t, from, to, by);
      }
    } else if (opcode < DROPOUT) {
      if (opcode == FILL) {
        fill(m, d, o, t, from, to, by);
      } else {
        range(m, d, o, t, from, to, by);
      }
    } else if (opcode == DROPOUT) {
      Dropout.mask(m, d, o, t, from, to, by);
    } else if (opcode == ADAMW) {
      Optimizer.adamw(m, d, o, t, from, to, by);
    } else {
      RowParts.lossGradient(m, d, o, t, from, to, by);
    }
  }

  static void binary(FloatArray m, IntArray d, int o, int t, int from, int to, int by) {
    int arithmetic = Word.parameter(d, o, 0);
    int e1 = Word.parameter(d, o, 2);
    int e2 = Word.parameter(d, o, 3);
    int e3 = Word.parameter(d, o, 4);
    int a = Word.at(d, o, 0, t);
    int b = Word.at(d, o, 1, t);
    int y = Word.at(d, o, 2, t);
    for (int i = from; i < to; i += by) {
      int p3 = i % e3;
      int r = i / e3;
      int p2 = r % e2;
      r = r / e2;
      int p1 = r % e1;
      int p0 = r / e1;
      int ia = a + strided(d, o, 5, p0, p1, p2, p3);
      int ib = b + strided(d, o, 9, p0, p1, p2, p3);
      m.set(y + i, compute(arithmetic, m.get(ia), m.get(ib)));
    }
  }

  /** The distance to a position along four axes whose strides begin at parameter {@code s}. */
  static int strided(IntArray d, int o, int s, int p0, int p1, int p2, int p3) {
    return p0 * Word.parameter(d, o, s)
        + p1 * Word.parameter(d, o, s + 1)
        + p2 * Word.parameter(d, o, s + 2)
        + p3 * Word.parameter(d, o, s + 3);
  }

  static float compute(int arithmetic, float a, float b) {
    float y = a + b;
    if (arithmetic == 1) {
      y = a - b;
    } else if (arithmetic == 2) {
      y = a * b;
    } else if (arithmetic == 3) {
      y = a / b;
    }
    return y;
  }

  static void unary(FloatArray m, IntArray d, int o, int t, int from, int to, int by) {
    int function = Word.parameter(d, o, 0);
    int x = Word.at(d, o, 0, t);
    int y = Word.at(d, o, 1, t);
    for (int i = from; i < to; i += by) {
      m.set(y + i, Functions.apply(function, m.get(x + i)));
    }
  }

  static void unaryGradient(FloatArray m, IntArray d, int o, int t, int from, int to, int by) {
    int function = Word.parameter(d, o, 0);
    int x = Word.at(d, o, 0, t);
    int g = Word.at(d, o, 1, t);
    int y = Word.at(d, o, 2, t);
    for (int i = from; i < to; i += by) {
      m.set(y + i, Functions.slope(function, m.get(x + i), m.get(g + i)));
    }
  }

  static void affine(FloatArray m, IntArray d, int o, int t, int from, int to, int by) {
    float scale = Word.fraction(m, d, o, 0);
    float shift = Word.fraction(m, d, o, 1);
    int x = Word.at(d, o, 0, t);
    int y = Word.at(d, o, 1, t);
    for (int i = from; i < to; i += by) {
      m.set(y + i, scale * m.get(x + i) + shift);
    }
  }

  static void fill(FloatArray m, IntArray d, int o, int t, int from, int to, int by) {
    float value = Word.fraction(m, d, o, 0);
    int y = Word.at(d, o, 0, t);
    for (int i = from; i < to; i += by) {
      m.set(y + i, value);
    }
  }

  static void range(FloatArray m, IntArray d, int o, int t, int from, int to, int by) {
    int y = Word.at(d, o, 0, t);
    for (int i = from; i < to; i += by) {
      m.set(y + i, (float) i);
    }
  }
}
