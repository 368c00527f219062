package seqmark.backend.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Matrix products {@code C = A · B + addend} and a function of it, for one matrix or many. A unit
 * is a tile of C, which a workgroup makes: it brings slices of A and B to local memory, and each
 * lane keeps 4 by 4 sums in registers. Operands: A, B, addend, C, function's result.
 */
public final class Products {
  /** The side of a tile of C. */
  public static final int TILE = 32;

  /** Parameters: rows M, inner K, columns N. */
  public static final int ROWS = 0;

  /** Parameters: strides in A, of matrix, row and inner element. */
  public static final int LEFT = 3;

  /** Parameters: strides in B, of matrix, inner element and column. */
  public static final int RIGHT = 6;

  /** Parameters: whether there is an addend, and its stride of rows. */
  public static final int ADDEND = 9;

  /** Parameter: the function, or -1. */
  public static final int FUNCTION = 11;

  /** The operand that the function's result goes to; it may lie where C does. */
  public static final int FUNCTION_RESULT = 4;

  private static final int DEPTH = 16;
  private static final int SIDE = TILE / 4;

  private Products() {}

  /** Instructions that do not need each other's results, a workgroup per tile. */
  public static void products(KernelContext c, FloatArray m, IntArray d, IntArray at) {
    Transfers.count(m, c.globalIdx);
    float[] left = c.allocateFloatLocalArray(DEPTH * TILE);
    float[] right = c.allocateFloatLocalArray(DEPTH * TILE);
    float[] sums = new float[16];
    int first = at.get(0);
    int count = at.get(1);
    int t = at.get(2);
    int groups = c.globalGroupSizeX / c.localGroupSizeX;
    int lane = c.localIdx;
    for (int k = 0; k < count; k++) {
      int o = first + k * Word.COUNT;
      int units = d.get(o + Word.UNITS);
      int inner = Word.parameter(d, o, ROWS + 1);
      int across = (Word.parameter(d, o, ROWS + 2) + TILE - 1) / TILE;
      int down = (Word.parameter(d, o, ROWS) + TILE - 1) / TILE;
      for (int unit = c.groupIdx; unit < units; unit += groups) {
        int column = unit % across * TILE;
        int row = unit / across % down * TILE;
        int matrix = unit / across / down;
        for (int i = 0; i < 16; i++) {
          sums[i] = 0f;
        }
        for (int depth = 0; depth < inner; depth += DEPTH) {
          for (int i = lane; i < DEPTH * TILE; i += Group.LANES) {
            int l = along(d, o, LEFT + 2, i);
            left[l] = fetched(m, d, o, t, 0, ROWS, LEFT, matrix, row + l % TILE, depth + l / TILE);
            int r = along(d, o, RIGHT + 1, i);
            right[r] =
                fetched(
                    m, d, o, t, 1, ROWS + 2, RIGHT, matrix, column + r % TILE, depth + r / TILE);
          }
          c.localBarrier();
          for (int i = 0; i < DEPTH; i++) {
            int a = i * TILE + lane / SIDE * 4;
            int b = i * TILE + lane % SIDE;
            for (int y = 0; y < 4; y++) {
              float factor = left[a + y];
              sums[y * 4] += factor * right[b];
              sums[y * 4 + 1] += factor * right[b + SIDE];
              sums[y * 4 + 2] += factor * right[b + 2 * SIDE];
              sums[y * 4 + 3] += factor * right[b + 3 * SIDE];
            }
          }
          c.localBarrier();
        }
        for (int i = 0; i < 16; i++) {
          int y = row + lane / SIDE * 4 + i / 4;
          int x = column + lane % SIDE + i % 4 * SIDE;
          finish(m, d, o, t, matrix, y, x, sums[i]);
        }
      }
    }
  }

  /**
   * The element of a slice that a lane fetches: inner element times {@code TILE} plus row or
   * column. Lanes go along what lies side by side in memory.
   */
  private static int along(IntArray d, int o, int innerStride, int i) {
    int element = i;
    if (Word.parameter(d, o, innerStride) == 1) {
      element = i % DEPTH * TILE + i / DEPTH;
    }
    return element;
  }

  /** An element of A or B, by row or column and by inner element; zero outside. */
  private static float fetched(
      FloatArray m,
      IntArray d,
      int o,
      int t,
      int operand,
      int extent,
      int strides,
      int matrix,
      int outer,
      int inner) {
    int outerStride = Word.parameter(d, o, operand == 0 ? strides + 1 : strides + 2);
    int innerStride = Word.parameter(d, o, operand == 0 ? strides + 2 : strides + 1);
    float v = 0f;
    if (outer < Word.parameter(d, o, extent) && inner < Word.parameter(d, o, ROWS + 1)) {
      int start = Word.at(d, o, operand, t) + matrix * Word.parameter(d, o, strides);
      v = m.get(start + outer * outerStride + inner * innerStride);
    }
    return v;
  }

  private static void finish(
      FloatArray m, IntArray d, int o, int t, int matrix, int y, int x, float product) {
    int rows = Word.parameter(d, o, ROWS);
    int columns = Word.parameter(d, o, ROWS + 2);
    if (y < rows && x < columns) {
      float sum = product;
      if (Word.parameter(d, o, ADDEND) == 1) {
        int perRow = Word.parameter(d, o, ADDEND + 1);
        sum += m.get(Word.at(d, o, 2, t) + y * perRow + x);
      }
      int i = (matrix * rows + y) * columns + x;
      m.set(Word.at(d, o, 3, t) + i, sum);
      int function = Word.parameter(d, o, FUNCTION);
      if (function >= 0) {
        m.set(Word.at(d, o, FUNCTION_RESULT, t) + i, Functions.apply(function, sum));
      }
    }
  }

  /** A dense layer as bodies of loops have it: a lane per element, which is a unit. */
  static void alone(FloatArray m, IntArray d, int o, int t, int from, int to, int by) {
    int inner = Word.parameter(d, o, ROWS + 1);
    int columns = Word.parameter(d, o, ROWS + 2);
    int perInner = Word.parameter(d, o, RIGHT + 1);
    int perColumn = Word.parameter(d, o, RIGHT + 2);
    int added = Word.parameter(d, o, ADDEND);
    int perRow = Word.parameter(d, o, ADDEND + 1);
    int a = Word.at(d, o, 0, t);
    int b = Word.at(d, o, 1, t);
    int addend = Word.at(d, o, 2, t);
    int c = Word.at(d, o, 3, t);
    for (int i = from; i < to; i += by) {
      int x = a + i / columns * inner;
      int w = b + i % columns * perColumn;
      float sum = 0f;
      if (added == 1) {
        sum = m.get(addend + i / columns * perRow + i % columns);
      }
      for (int k = 0; k < inner; k++) {
        sum += m.get(x + k) * m.get(w + k * perInner);
      }
      m.set(c + i, sum);
    }
  }
}
