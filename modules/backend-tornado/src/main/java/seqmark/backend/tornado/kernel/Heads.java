package seqmark.backend.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Attention of many queries by several heads. A unit is a query of a head, and of the gradient of
 * keys and values a key of a head; a workgroup goes through what it meets {@code LANES} at a time,
 * so that no more scores than these are ever kept.
 *
 * <p>Operands: queries, keys, values, mask, positions of queries and of keys; then result and log
 * of the sums; or d, log of the sums, scratch (a number per query), d queries, d keys, d values.
 */
public final class Heads {
  /** Parameters: heads, queries T, keys S, width of a head's keys, of its values. */
  public static final int EXTENTS = 0;

  /** Parameters: scale, whether causal, whether with ALiBi, the exponent of its slope. */
  public static final int SCORE = 5;

  private Heads() {}

  /** The forward pass, a workgroup per query and head. */
  public static void attend(KernelContext c, FloatArray m, IntArray d, IntArray at) {
    Transfers.count(m, c.globalIdx);
    float[] part = c.allocateFloatLocalArray(Group.LANES);
    float[] weights = c.allocateFloatLocalArray(Group.LANES);
    int first = at.get(0);
    int count = at.get(1);
    int t = at.get(2);
    int groups = c.globalGroupSizeX / c.localGroupSizeX;
    int lane = c.localIdx;
    for (int k = 0; k < count; k++) {
      int o = first + k * Word.COUNT;
      int units = d.get(o + Word.UNITS);
      int keys = Word.parameter(d, o, 2);
      int width = Word.parameter(d, o, 4);
      for (int row = c.groupIdx; row < units; row += groups) {
        int y = Word.at(d, o, 6, t) + HeadParts.query(d, o, row, width);
        float largest = Group.LOWEST;
        float sum = 0f;
        HeadParts.clear(m, y, width, lane);
        for (int from = 0; from < keys; from += Group.LANES) {
          int key = from + lane;
          boolean seen = HeadParts.sees(m, d, o, t, row, key);
          float score = Group.LOWEST;
          if (seen) {
            score = HeadParts.score(m, d, o, t, row, key);
          }
          float before = largest;
          float weight = score;
          for (int pass = 0; pass < 2; pass++) {
            part[lane] = weight;
            c.localBarrier();
            for (int s = Group.LANES / 2; s > 0; s = s / 2) {
              if (lane < s) {
                part[lane] = Group.joined(pass == 0, part[lane], part[lane + s]);
              }
              c.localBarrier();
            }
            float all = part[0];
            c.localBarrier();
            if (pass == 0) {
              largest = all > largest ? all : largest;
              weight = seen ? TornadoMath.exp(score - largest) : 0f;
            } else {
              sum = sum * TornadoMath.exp(before - largest) + all;
            }
          }
          weights[lane] = weight;
          c.localBarrier();
          float kept = TornadoMath.exp(before - largest);
          int n = HeadParts.atOnce(keys - from);
          for (int i = lane; i < width; i += Group.LANES) {
            float mixed = m.get(y + i) * kept;
            for (int j = 0; j < n; j++) {
              if (weights[j] != 0f) {
                mixed += weights[j] * m.get(HeadParts.value(d, o, t, row, from + j) + i);
              }
            }
            m.set(y + i, mixed);
          }
          c.localBarrier();
        }
        HeadParts.finish(m, d, o, t, row, y, lane, largest, sum);
      }
    }
  }

  /** The gradient of queries, a workgroup per query and head. */
  public static void attendQueryGradient(KernelContext c, FloatArray m, IntArray d, IntArray at) {
    Transfers.count(m, c.globalIdx);
    float[] part = c.allocateFloatLocalArray(Group.LANES);
    float[] slopes = c.allocateFloatLocalArray(Group.LANES);
    int first = at.get(0);
    int count = at.get(1);
    int t = at.get(2);
    int groups = c.globalGroupSizeX / c.localGroupSizeX;
    int lane = c.localIdx;
    for (int k = 0; k < count; k++) {
      int o = first + k * Word.COUNT;
      int units = d.get(o + Word.UNITS);
      int keys = Word.parameter(d, o, 2);
      int width = Word.parameter(d, o, 3);
      float scale = Word.fraction(m, d, o, SCORE);
      for (int row = c.groupIdx; row < units; row += groups) {
        float mine = 0f;
        for (int key = lane; key < keys; key += Group.LANES) {
          if (HeadParts.sees(m, d, o, t, row, key)) {
            float weight = HeadParts.weight(m, d, o, t, row, key);
            mine += weight * HeadParts.through(m, d, o, t, row, key);
          }
        }
        part[lane] = mine;
        c.localBarrier();
        for (int s = Group.LANES / 2; s > 0; s = s / 2) {
          if (lane < s) {
            part[lane] = part[lane] + part[lane + s];
          }
          c.localBarrier();
        }
        float mean = part[0];
        c.localBarrier();
        if (lane == 0) {
          m.set(Word.at(d, o, 8, t) + row, mean);
        }
        int y = Word.at(d, o, 9, t) + HeadParts.query(d, o, row, width);
        HeadParts.clear(m, y, width, lane);
        for (int from = 0; from < keys; from += Group.LANES) {
          int key = from + lane;
          float slope = 0f;
          if (HeadParts.sees(m, d, o, t, row, key)) {
            float apart = HeadParts.through(m, d, o, t, row, key) - mean;
            slope = scale * HeadParts.weight(m, d, o, t, row, key) * apart;
          }
          slopes[lane] = slope;
          c.localBarrier();
          int n = HeadParts.atOnce(keys - from);
          for (int i = lane; i < width; i += Group.LANES) {
            float sum = m.get(y + i);
            for (int j = 0; j < n; j++) {
              if (slopes[j] != 0f) {
                sum += slopes[j] * m.get(HeadParts.key(d, o, t, row, from + j) + i);
              }
            }
            m.set(y + i, sum);
          }
          c.localBarrier();
        }
      }
    }
  }

  /** The gradients of keys and values, a workgroup per key and head. */
  public static void attendKeyGradient(KernelContext c, FloatArray m, IntArray d, IntArray at) {
    Transfers.count(m, c.globalIdx);
    float[] slopes = c.allocateFloatLocalArray(Group.LANES);
    float[] weights = c.allocateFloatLocalArray(Group.LANES);
    int first = at.get(0);
    int count = at.get(1);
    int t = at.get(2);
    int groups = c.globalGroupSizeX / c.localGroupSizeX;
    int lane = c.localIdx;
    for (int k = 0; k < count; k++) {
      int o = first + k * Word.COUNT;
      int units = d.get(o + Word.UNITS);
      int queries = Word.parameter(d, o, 1);
      int keys = Word.parameter(d, o, 2);
      int keyWidth = Word.parameter(d, o, 3);
      int valueWidth = Word.parameter(d, o, 4);
      float scale = Word.fraction(m, d, o, SCORE);
      for (int unit = c.groupIdx; unit < units; unit += groups) {
        int key = unit % keys;
        int head = unit / keys * queries; // the head's first row
        int yKey = Word.at(d, o, 10, t) + HeadParts.memory(d, o, head, key, keyWidth);
        int yValue = Word.at(d, o, 11, t) + HeadParts.memory(d, o, head, key, valueWidth);
        HeadParts.clear(m, yKey, keyWidth, lane);
        HeadParts.clear(m, yValue, valueWidth, lane);
        for (int from = 0; from < queries; from += Group.LANES) {
          float weight = 0f;
          float slope = 0f;
          int row = head + from + lane;
          if (from + lane < queries && HeadParts.sees(m, d, o, t, row, key)) {
            weight = HeadParts.weight(m, d, o, t, row, key);
            float mean = m.get(Word.at(d, o, 8, t) + row);
            slope = scale * weight * (HeadParts.through(m, d, o, t, row, key) - mean);
          }
          weights[lane] = weight;
          slopes[lane] = slope;
          c.localBarrier();
          int n = HeadParts.atOnce(queries - from);
          for (int i = lane; i < keyWidth; i += Group.LANES) {
            float sum = m.get(yKey + i);
            for (int j = 0; j < n; j++) {
              if (slopes[j] != 0f) {
                int q = Word.at(d, o, 0, t) + HeadParts.query(d, o, head + from + j, keyWidth);
                sum += slopes[j] * m.get(q + i);
              }
            }
            m.set(yKey + i, sum);
          }
          for (int i = lane; i < valueWidth; i += Group.LANES) {
            float sum = m.get(yValue + i);
            for (int j = 0; j < n; j++) {
              if (weights[j] != 0f) {
                int g = Word.at(d, o, 6, t) + HeadParts.query(d, o, head + from + j, valueWidth);
                sum += weights[j] * m.get(g + i);
              }
            }
            m.set(yValue + i, sum);
          }
          c.localBarrier();
        }
      }
    }
  }
}
