package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import seqmark.compute.Node;
import seqmark.compute.Value;
import seqmark.compute.op.Attention;

/**
 * Kernels of {@link Attention.Additive} and its gradient, by {@link AdditiveTanh}. A unit is a
 * batch row. In a loop, powers of keys from outside are computed once for all steps, those of keys
 * that differ from step to step by one thread before each: {@code run} could compute them only if
 * the JIT inlined the exponential twice, which is more than it does (two threads took half as long
 * again).
 */
final class AdditiveKernels {
  private AdditiveKernels() {}

  /** What both have: a query {@code [B, D]}, keys {@code [B, S, D]} with their powers, v. */
  private abstract static class Powers implements Kernel {
    final Operand query;
    final Operand vector;
    final Operand powers;
    final int source;
    final int width;
    private final Operand keys;
    private final boolean keysVary;
    private final int rows;

    Powers(Node n, int firstOperand, Memory memory) {
      Value k = n.in(firstOperand + 1);
      query = memory.of(n.in(firstOperand));
      keys = memory.of(k);
      vector = memory.of(n.in(firstOperand + 2));
      powers = memory.scratch(n, k.shape().size());
      keysVary = k.loop() != null;
      rows = k.shape().dim(0);
      source = k.shape().dim(1);
      width = k.shape().dim(2);
    }

    @Override
    public int units() {
      return rows;
    }

    @Override
    public int prepareUnits() {
      return rows;
    }

    @Override
    public boolean preparesEveryStep() {
      return keysVary;
    }

    @Override
    public void prepare(int t, int from, int to) {
      int size = source * width;
      int at = from * size;
      float[] x = keys.data();
      AdditiveTanh.powers(x, keys.at(t) + at, powers.data(), powers.at(t) + at, (to - from) * size);
    }

    @Override
    public int floatsAgain() {
      return source * width;
    }
  }

  static final class Additive extends Powers {
    private final Operand out;

    Additive(Node n, Memory memory) {
      super(n, 0, memory);
      out = memory.of(n.out(0));
    }

    @Override
    public void run(int t, int from, int to) {
      int q = ThreadScratch.START;
      float[] x = ThreadScratch.floats(width);
      float[] v = vector.data();
      float[] y = out.data();
      float whole = Strips.sum(v, vector.at(t), width);
      for (int row = from; row < to; row++) {
        AdditiveTanh.powers(query.data(), query.at(t) + row * width, x, q, width);
        for (int i = row * source; i < (row + 1) * source; i++) {
          int k = powers.at(t) + i * width;
          float sum = AdditiveTanh.sum(x, q, powers.data(), k, v, vector.at(t), width);
          y[out.at(t) + i] = Math.fma(-2, sum, whole);
        }
      }
    }
  }

  static final class AdditiveGradient extends Powers {
    private final Operand scores;
    private final Operand sum;
    private final Operand dQuery;
    private final Operand dKeys;
    private final Operand dVector;

    AdditiveGradient(Node n, Memory memory) {
      super(n, 1, memory);
      scores = memory.of(n.in(0));
      sum = memory.of(n.in(4));
      dQuery = memory.of(n.out(0));
      dKeys = memory.of(n.out(1));
      dVector = memory.of(n.out(2));
    }

    @Override
    public void run(int t, int from, int to) {
      float[] x = ThreadScratch.floats(width);
      for (int row = from; row < to; row++) {
        int at = query.at(t) + row * width;
        AdditiveTanh.powers(query.data(), at, x, ThreadScratch.START, width);
        for (int j = 0; j < Lanes.whole(width); j += LENGTH) {
          columns(t, row, j, x);
        }
        for (int j = Lanes.whole(width); j < width; j++) {
          column(t, row, j, x);
        }
      }
    }

    /**
     * A vector of columns at all positions. With g a score's gradient and {@code s = g * (r - r *
     * r)}, {@code 4 v * s} goes to query and keys, and {@code g * (1 - 2 r)} to v.
     */
    private void columns(int t, int row, int column, float[] q) {
      float[] g = scores.data();
      float[] k = powers.data();
      float[] before = sum.data();
      float[] dk = dKeys.data();
      int first = row * source;
      int score = scores.at(t) + first;
      int key = powers.at(t) + first * width + column;
      int b = sum.at(t) + first * width + column;
      int d = dKeys.at(t) + first * width + column;
      FloatVector one = broadcast(SPECIES, 1);
      FloatVector power = fromArray(SPECIES, q, ThreadScratch.START + column);
      FloatVector weight = fromArray(SPECIES, vector.data(), vector.at(t) + column).mul(4);
      FloatVector toQuery = broadcast(SPECIES, 0);
      FloatVector toVector = broadcast(SPECIES, 0);
      for (int i = 0; i < source; i++) {
        int at = i * width;
        float weighed = g[score + i];
        FloatVector r = one.div(fromArray(SPECIES, k, key + at).fma(power, one));
        FloatVector s = r.neg().fma(r, r).mul(weighed);
        toVector = r.fma(broadcast(SPECIES, -2), one).fma(broadcast(SPECIES, weighed), toVector);
        toQuery = toQuery.add(s);
        s.fma(weight, fromArray(SPECIES, before, b + at)).intoArray(dk, d + at);
      }
      toQuery.mul(weight).intoArray(dQuery.data(), dQuery.at(t) + row * width + column);
      toVector.intoArray(dVector.data(), dVector.at(t) + row * width + column);
    }

    /** The same for one column. */
    private void column(int t, int row, int column, float[] q) {
      float power = q[ThreadScratch.START + column];
      float weight = 4 * vector.data()[vector.at(t) + column];
      float toQuery = 0;
      float toVector = 0;
      for (int i = row * source; i < (row + 1) * source; i++) {
        int at = i * width + column;
        float g = scores.data()[scores.at(t) + i];
        float r = 1 / Math.fma(powers.data()[powers.at(t) + at], power, 1);
        float s = Math.fma(-r, r, r) * g;
        toVector = Math.fma(Math.fma(r, -2, 1), g, toVector);
        toQuery += s;
        dKeys.data()[dKeys.at(t) + at] = Math.fma(s, weight, sum.data()[sum.at(t) + at]);
      }
      dQuery.data()[dQuery.at(t) + row * width + column] = toQuery * weight;
      dVector.data()[dVector.at(t) + row * width + column] = toVector;
    }
  }
}
