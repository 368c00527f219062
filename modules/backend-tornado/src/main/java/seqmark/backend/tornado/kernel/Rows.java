package seqmark.backend.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Ops that bring a row to scale or to one number; a unit is a row, which a workgroup goes through
 * up to four times: for the largest, for two sums, and to write. First parameter: width.
 */
public final class Rows {
  /** Operands: scores, mask, result; parameter: whether masked. */
  public static final int SOFTMAX = 0;

  /** Operands: softmax, gradient, result. */
  public static final int SOFTMAX_GRADIENT = 1;

  /** Operands: x, gain, bias, result, scale, mean; parameters: centred, epsilon. */
  public static final int STANDARDIZE = 2;

  /** Operands: d, x, gain, scale, mean, result; parameter: centred. */
  public static final int STANDARDIZE_GRADIENT = 3;

  /** Operands: logits, targets, weights, losses, log of the sums; parameters: smoothing. */
  public static final int CROSS_ENTROPY = 4;

  private Rows() {}

  /** Instructions that do not need each other's results, a workgroup per row. */
  public static void rows(KernelContext c, FloatArray m, IntArray d, IntArray at) {
    Transfers.count(m, c.globalIdx);
    float[] part = c.allocateFloatLocalArray(Group.LANES);
    int first = at.get(0);
    int count = at.get(1);
    int t = at.get(2);
    int groups = c.globalGroupSizeX / c.localGroupSizeX;
    int lane = c.localIdx;
    for (int k = 0; k < count; k++) {
      int o = first + k * Word.COUNT;
      int units = d.get(o + Word.UNITS);
      int width = Word.parameter(d, o, 0);
      for (int row = c.groupIdx; row < units; row += groups) {
        float largest = 0f;
        float sum = 0f;
        float other = 0f;
        for (int pass = 0; pass < 3; pass++) {
          float mine = pass == 0 ? Group.LOWEST : 0f;
          for (int i = lane; i < width; i += Group.LANES) {
            mine = RowParts.joined(pass, mine, m, d, o, t, row, i, largest, sum);
          }
          part[lane] = mine;
          c.localBarrier();
          for (int s = Group.LANES / 2; s > 0; s = s / 2) {
            if (lane < s) {
              part[lane] = Group.joined(pass == 0, part[lane], part[lane + s]);
            }
            c.localBarrier();
          }
          float all = part[0];
          c.localBarrier();
          largest = pass == 0 ? all : largest;
          sum = pass == 1 ? all : sum;
          other = pass == 2 ? all : other;
        }
        RowParts.write(m, d, o, t, row, lane, largest, sum, other);
      }
    }
  }

  /** The softmax ops as bodies of loops have them: a lane per row. */
  static void alone(FloatArray m, IntArray d, int o, int t, int from, int to, int by) {
    int width = Word.parameter(d, o, 0);
    for (int row = from; row < to; row += by) {
      float largest = Group.LOWEST;
      for (int i = 0; i < width; i++) {
        largest = RowParts.larger(largest, m, d, o, t, row, i);
      }
      float sum = 0f;
      for (int i = 0; i < width; i++) {
        sum += RowParts.first(m, d, o, t, row, i, largest);
      }
      for (int i = 0; i < width; i++) {
        if (d.get(o) == SOFTMAX) {
          RowParts.writeSoftmax(m, d, o, t, row, i, largest, sum);
        } else {
          RowParts.writeSoftmaxGradient(m, d, o, t, row, i, sum);
        }
      }
    }
  }
}
