package seqmark.backend.tornado.kernel;

import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** What an element contributes to its row, and what is written of it. */
final class RowParts {
  private RowParts() {}

  /** What a lane has so far, and element {@code i}: the largest, the first or the second sum. */
  static float joined(
      int pass,
      float mine,
      FloatArray m,
      IntArray d,
      int o,
      int t,
      int row,
      int i,
      float largest,
      float sum) {
    float all = mine;
    if (pass == 0) {
      all = larger(mine, m, d, o, t, row, i);
    } else if (pass == 1) {
      all += first(m, d, o, t, row, i, largest);
    } else {
      all += second(m, d, o, t, row, i, sum);
    }
    return all;
  }

  /** The larger of a number and of what the softmax ops see of element {@code i}. */
  static float larger(float mine, FloatArray m, IntArray d, int o, int t, int row, int i) {
    int opcode = d.get(o);
    float largest = mine;
    if (opcode == Rows.SOFTMAX || opcode == Rows.CROSS_ENTROPY) {
      int at = row * Word.parameter(d, o, 0) + i;
      if (seen(m, d, o, t, at)) {
        float x = m.get(Word.at(d, o, 0, t) + at);
        if (x > largest) {
          largest = x;
        }
      }
    }
    return largest;
  }

  private static boolean seen(FloatArray m, IntArray d, int o, int t, int at) {
    boolean masked = d.get(o) == Rows.SOFTMAX && Word.parameter(d, o, 1) == 1;
    return !masked || m.get(Word.at(d, o, 1, t) + at) != 0f;
  }

  /** A term of the first sum. */
  static float first(FloatArray m, IntArray d, int o, int t, int row, int i, float largest) {
    int opcode = d.get(o);
    int at = row * Word.parameter(d, o, 0) + i;
    float x = m.get(Word.at(d, o, 0, t) + at);
    float term = 0f;
    if (opcode == Rows.SOFTMAX || opcode == Rows.CROSS_ENTROPY) {
      if (seen(m, d, o, t, at)) {
        term = TornadoMath.exp(x - largest);
      }
    } else if (opcode == Rows.SOFTMAX_GRADIENT) {
      term = x * m.get(Word.at(d, o, 1, t) + at);
    } else if (Word.parameter(d, o, 1) == 1) {
      term = opcode == Rows.STANDARDIZE ? x : x * m.get(Word.at(d, o, 2, t) + i);
    }
    return term;
  }

  /** A term of the second sum. */
  private static float second(FloatArray m, IntArray d, int o, int t, int row, int i, float sum) {
    int opcode = d.get(o);
    int width = Word.parameter(d, o, 0);
    int at = row * width + i;
    float x = m.get(Word.at(d, o, 0, t) + at);
    float term = 0f;
    if (opcode == Rows.STANDARDIZE) {
      float apart = x - sum / width;
      term = apart * apart;
    } else if (opcode == Rows.STANDARDIZE_GRADIENT) {
      term = x * m.get(Word.at(d, o, 2, t) + i) * standardized(m, d, o, t, row, at);
    } else if (opcode == Rows.CROSS_ENTROPY) {
      term = x / width;
    }
    return term;
  }

  /** x of a standardize gradient, in its row's scale. */
  private static float standardized(FloatArray m, IntArray d, int o, int t, int row, int at) {
    float mean = 0f;
    if (Word.parameter(d, o, 1) == 1) {
      mean = m.get(Word.at(d, o, 4, t) + row);
    }
    return (m.get(Word.at(d, o, 1, t) + at) - mean) * m.get(Word.at(d, o, 3, t) + row);
  }

  static void write(
      FloatArray m,
      IntArray d,
      int o,
      int t,
      int row,
      int lane,
      float largest,
      float sum,
      float other) {
    int opcode = d.get(o);
    int width = Word.parameter(d, o, 0);
    if (opcode == Rows.CROSS_ENTROPY) {
      if (lane == 0) {
        writeLoss(m, d, o, t, row, largest + TornadoMath.log(sum), other);
      }
    } else {
      for (int i = lane; i < width; i += Group.LANES) {
        if (opcode == Rows.SOFTMAX) {
          writeSoftmax(m, d, o, t, row, i, largest, sum);
        } else if (opcode == Rows.SOFTMAX_GRADIENT) {
          writeSoftmaxGradient(m, d, o, t, row, i, sum);
        } else if (opcode == Rows.STANDARDIZE) {
          writeStandardized(m, d, o, t, row, i, sum / width, other / width);
        } else {
          writeStandardizeGradient(m, d, o, t, row, i, sum / width, other / width);
        }
      }
    }
  }

  static void writeSoftmax(
      FloatArray m, IntArray d, int o, int t, int row, int i, float largest, float sum) {
    int at = row * Word.parameter(d, o, 0) + i;
    float y = 0f;
    if (sum != 0f && seen(m, d, o, t, at)) {
      y = TornadoMath.exp(m.get(Word.at(d, o, 0, t) + at) - largest) / sum;
    }
    m.set(Word.at(d, o, 2, t) + at, y);
  }

  static void writeSoftmaxGradient(
      FloatArray m, IntArray d, int o, int t, int row, int i, float dot) {
    int at = row * Word.parameter(d, o, 0) + i;
    float y = m.get(Word.at(d, o, 0, t) + at);
    m.set(Word.at(d, o, 2, t) + at, y * (m.get(Word.at(d, o, 1, t) + at) - dot));
  }

  private static void writeStandardized(
      FloatArray m, IntArray d, int o, int t, int row, int i, float mean, float variance) {
    int at = row * Word.parameter(d, o, 0) + i;
    boolean centred = Word.parameter(d, o, 1) == 1;
    float scale = 1f / TornadoMath.sqrt(variance + Word.fraction(m, d, o, 2));
    float x = m.get(Word.at(d, o, 0, t) + at);
    float y = (x - mean) * scale * m.get(Word.at(d, o, 1, t) + i);
    if (centred) {
      y += m.get(Word.at(d, o, 2, t) + i);
    }
    m.set(Word.at(d, o, 3, t) + at, y);
    if (i == 0) {
      m.set(Word.at(d, o, 4, t) + row, scale);
      if (centred) {
        m.set(Word.at(d, o, 5, t) + row, mean);
      }
    }
  }

  private static void writeStandardizeGradient(
      FloatArray m, IntArray d, int o, int t, int row, int i, float mean, float dot) {
    int at = row * Word.parameter(d, o, 0) + i;
    float g = m.get(Word.at(d, o, 0, t) + at) * m.get(Word.at(d, o, 2, t) + i);
    float y = standardized(m, d, o, t, row, at);
    float scale = m.get(Word.at(d, o, 3, t) + row);
    m.set(Word.at(d, o, 5, t) + at, scale * (g - mean - y * dot));
  }

  private static void writeLoss(
      FloatArray m, IntArray d, int o, int t, int row, float logSum, float mean) {
    int width = Word.parameter(d, o, 0);
    float smoothing = Word.fraction(m, d, o, 1);
    float weight = m.get(Word.at(d, o, 2, t) + row);
    float loss = 0f;
    if (weight != 0f) {
      int target = Ids.checked(m, Word.at(d, o, 1, t) + row, width);
      float x = m.get(Transfers.NOT_A_NUMBER);
      if (target >= 0) {
        x = m.get(Word.at(d, o, 0, t) + row * width + target);
      }
      loss = weight * (logSum - (1f - smoothing) * x - smoothing * mean);
    }
    m.set(Word.at(d, o, 3, t) + row, loss);
    m.set(Word.at(d, o, 4, t) + row, logSum);
  }

  /**
   * Operands: logits, targets, weights, log of the sums, d losses, result; a unit is an element.
   */
  static void lossGradient(FloatArray m, IntArray d, int o, int t, int from, int to, int by) {
    int width = Word.parameter(d, o, 0);
    float smoothing = Word.fraction(m, d, o, 1);
    int logits = Word.at(d, o, 0, t);
    int targets = Word.at(d, o, 1, t);
    int weights = Word.at(d, o, 2, t);
    int logSums = Word.at(d, o, 3, t);
    int given = Word.at(d, o, 4, t);
    int y = Word.at(d, o, 5, t);
    for (int i = from; i < to; i += by) {
      int row = i / width;
      float weight = m.get(weights + row);
      float g = 0f;
      if (weight != 0f) {
        float p = TornadoMath.exp(m.get(logits + i) - m.get(logSums + row));
        int target = Ids.checked(m, targets + row, width);
        float hit = target == i % width ? 1f - smoothing : 0f;
        g = m.get(given + row) * weight * (p - hit - smoothing / width);
      }
      m.set(y + i, g);
    }
  }
}
