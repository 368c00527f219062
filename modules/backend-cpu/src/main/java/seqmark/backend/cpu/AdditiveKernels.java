package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import seqmark.compute.Node;
import seqmark.compute.op.Attention;

/**
 * Kernels of {@link Attention.Additive} and its gradient. A unit is a batch row, of which some
 * positions are taken at a time, so that what tanh makes of them stays in the first-level cache.
 */
final class AdditiveKernels {
  /** Floats that tanh is computed for at a time. */
  private static final int BLOCK = 2048;

  private AdditiveKernels() {}

  /** {@code x[positions, width] = tanh(q[width] + k[positions, width])}. */
  private static void squash(
      float[] q, int q0, float[] k, int k0, float[] x, int positions, int width) {
    for (int i = 0; i < positions * width; i += width) {
      Strips.add(q, q0, k, k0 + i, x, i, width);
    }
    Functions.tanh(x, 0, x, 0, positions * width);
  }

  static final class Additive implements Kernel {
    private final Operand query;
    private final Operand keys;
    private final Operand vector;
    private final Operand out;
    private final int rows;
    private final int source;
    private final int width;
    private final int block;

    Additive(Node n, Memory memory) {
      query = memory.of(n.in(0));
      keys = memory.of(n.in(1));
      vector = memory.of(n.in(2));
      out = memory.of(n.out(0));
      rows = n.in(1).shape().dim(0);
      source = n.in(1).shape().dim(1);
      width = n.in(1).shape().dim(2);
      block = Math.clamp(BLOCK / width, 1, source);
    }

    @Override
    public int units() {
      return rows;
    }

    @Override
    public int floatsAgain() {
      return source * width;
    }

    @Override
    public void run(int t, int from, int to) {
      float[] x = ThreadScratch.floats(block * width);
      float[] v = vector.data();
      float[] y = out.data();
      for (int row = from; row < to; row++) {
        int q = query.at(t) + row * width;
        for (int s = 0; s < source; s += block) {
          int positions = Math.min(block, source - s);
          int at = row * source + s;
          squash(query.data(), q, keys.data(), keys.at(t) + at * width, x, positions, width);
          for (int i = 0; i < positions; i++) {
            y[out.at(t) + at + i] = Strips.dot(x, i * width, v, vector.at(t), width);
          }
        }
      }
    }
  }

  static final class AdditiveGradient implements Kernel {
    private final Operand scores;
    private final Operand query;
    private final Operand keys;
    private final Operand vector;
    private final Operand sum;
    private final Operand dQuery;
    private final Operand dKeys;
    private final Operand dVector;
    private final int rows;
    private final int source;
    private final int width;
    private final int block;

    AdditiveGradient(Node n, Memory memory) {
      scores = memory.of(n.in(0));
      query = memory.of(n.in(1));
      keys = memory.of(n.in(2));
      vector = memory.of(n.in(3));
      sum = memory.of(n.in(4));
      dQuery = memory.of(n.out(0));
      dKeys = memory.of(n.out(1));
      dVector = memory.of(n.out(2));
      rows = n.in(2).shape().dim(0);
      source = n.in(2).shape().dim(1);
      width = n.in(2).shape().dim(2);
      block = Math.clamp(BLOCK / width, 1, source);
    }

    @Override
    public int units() {
      return rows;
    }

    @Override
    public int floatsAgain() {
      return source * width;
    }

    @Override
    public void run(int t, int from, int to) {
      float[] x = ThreadScratch.floats(block * width);
      for (int row = from; row < to; row++) {
        int q = query.at(t) + row * width;
        int dq = dQuery.at(t) + row * width;
        int dv = dVector.at(t) + row * width;
        Arrays.fill(dQuery.data(), dq, dq + width, 0);
        Arrays.fill(dVector.data(), dv, dv + width, 0);
        for (int s = 0; s < source; s += block) {
          int positions = Math.min(block, source - s);
          int k = keys.at(t) + (row * source + s) * width;
          squash(query.data(), q, keys.data(), k, x, positions, width);
          positions(t, row, s, positions, x);
        }
      }
    }

    /**
     * From x, the tanh at some positions, the parts of all three results: with {@code d = score * v
     * * (1 - x * x)}, which goes to query and keys, and {@code score * x}, which goes to v.
     */
    private void positions(int t, int row, int s, int positions, float[] x) {
      float[] d = scores.data();
      float[] v = vector.data();
      float[] dq = dQuery.data();
      float[] dv = dVector.data();
      float[] before = sum.data();
      float[] dk = dKeys.data();
      int first = row * source + s;
      int score = scores.at(t) + first;
      int q = dQuery.at(t) + row * width;
      int w = dVector.at(t) + row * width;
      int b = sum.at(t) + first * width;
      int k = dKeys.at(t) + first * width;
      int whole = Lanes.whole(width);
      FloatVector one = broadcast(SPECIES, 1);
      for (int j = 0; j < whole; j += LENGTH) {
        FloatVector weight = fromArray(SPECIES, v, vector.at(t) + j);
        FloatVector toQuery = fromArray(SPECIES, dq, q + j);
        FloatVector toVector = fromArray(SPECIES, dv, w + j);
        for (int i = 0; i < positions; i++) {
          int at = i * width + j;
          FloatVector y = fromArray(SPECIES, x, at);
          FloatVector g = broadcast(SPECIES, d[score + i]);
          FloatVector slope = y.neg().fma(y, one).mul(weight.mul(g));
          toVector = y.fma(g, toVector);
          toQuery = toQuery.add(slope);
          fromArray(SPECIES, before, b + at).add(slope).intoArray(dk, k + at);
        }
        toQuery.intoArray(dq, q + j);
        toVector.intoArray(dv, w + j);
      }
      for (int j = whole; j < width; j++) {
        for (int i = 0; i < positions; i++) {
          int at = i * width + j;
          float g = d[score + i];
          float slope = Math.fma(-x[at], x[at], 1) * (v[vector.at(t) + j] * g);
          dv[w + j] = Math.fma(x[at], g, dv[w + j]);
          dq[q + j] += slope;
          dk[k + at] = before[b + at] + slope;
        }
      }
    }
  }
}
