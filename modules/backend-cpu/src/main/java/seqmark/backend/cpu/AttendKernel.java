package seqmark.backend.cpu;

import java.util.Arrays;
import seqmark.compute.Node;
import seqmark.compute.op.MultiHead;

/** The kernel of {@link MultiHead.Attend}. A unit is a head of a batch element. */
final class AttendKernel implements Kernel {
  private final Heads heads;
  private final Operand values;
  private final Operand out;
  private final Operand logSums;
  private final Gemm mix;
  private final int packedAt;
  private final int weightsAt;
  private final int mixedAt;
  private final int maximaAt;
  private final int sumsAt;
  private final int scratchFloats;

  /** The distance of rows of the values. */
  private final int stride;

  AttendKernel(Node n, Memory memory) {
    heads = new Heads((MultiHead.Attend) n.op(), n.in(), memory);
    values = memory.of(n.in(2));
    out = memory.of(n.out(0));
    logSums = memory.of(n.out(1));
    mix = new Gemm(heads.s, heads.valueWidth, false);
    packedAt = heads.end();
    weightsAt = packedAt + mix.packedFloats();
    mixedAt = weightsAt + Math.max(heads.rows, heads.valueWidth) * heads.s;
    maximaAt = mixedAt + heads.rows * heads.valueWidth;
    sumsAt = maximaAt + heads.rows;
    scratchFloats = sumsAt + heads.rows;
    stride = n.in(2).shape().dim(2);
  }

  @Override
  public int units() {
    return heads.units;
  }

  @Override
  public void run(int t, int from, int to) {
    float[] x = ThreadScratch.floats(scratchFloats);
    for (int unit = from; unit < to; unit++) {
      if (heads.t == 1) {
        one(t, unit, x);
      } else {
        several(t, unit, x, unit == from || heads.isFirst(unit));
      }
    }
  }

  /** A single query, as in generation: packing keys and values would take longest. */
  private void one(int t, int unit, float[] x) {
    heads.scoresOfOne(t, unit, x, weightsAt);
    softmax(t, unit, x, 0, 1);
    int width = heads.valueWidth;
    int y = heads.start(out, t, unit, 1, width);
    Arrays.fill(out.data(), y, y + width, 0);
    int v = heads.start(values, t, unit, heads.s, width);
    int seen = heads.visible(1);
    SingleRow.multiply(x, weightsAt, values.data(), v, stride, seen, out.data(), y, width);
  }

  private void several(int t, int unit, float[] x, boolean fetches) {
    if (fetches) {
      heads.fetch(t, unit);
      heads.fetch(values, t, unit, heads.s, heads.valueWidth);
      heads.fetch(out, t, unit, heads.t, heads.valueWidth);
    }
    heads.load(t, unit, x);
    heads.gather(values, t, unit, heads.s, heads.valueWidth, x, weightsAt);
    mix.pack(x, weightsAt, x, packedAt, 0, mix.panels());
    for (int first = 0; first < heads.t; first += heads.rows) {
      tile(t, unit, x, first, Math.min(first + heads.rows, heads.t));
    }
  }

  private void tile(int t, int unit, float[] x, int from, int to) {
    int width = heads.valueWidth;
    int count = to - from;
    heads.scores(t, unit, x, from, to, weightsAt);
    softmax(t, unit, x, from, to);
    int seen = heads.visible(to);
    mix.multiply(x, weightsAt, x, packedAt, mix.zeros(), 0, 0, x, mixedAt, count, width, seen);
    heads.scatter(x, mixedAt, out, t, unit, heads.t, width, from, count);
  }

  /**
   * Scores become weights; keeps the logs of their sums, 0 where nothing is seen. Each step is done
   * for all rows, so that one row does not wait for what another's lanes come to.
   */
  private void softmax(int t, int unit, float[] x, int from, int to) {
    int count = to - from;
    for (int i = 0; i < count; i++) {
      float max = Strips.max(x, row(i), heads.visible(from + i + 1));
      x[maximaAt + i] = max == Float.NEGATIVE_INFINITY ? 0 : max;
    }
    for (int i = 0; i < count; i++) {
      Functions.exp(1, x, row(i), -x[maximaAt + i], x, row(i), heads.visible(from + i + 1));
    }
    for (int i = 0; i < count; i++) {
      float sum = Strips.sum(x, row(i), heads.visible(from + i + 1));
      x[sumsAt + i] = sum == 0 ? 1 : sum;
    }
    for (int i = 0; i < count; i++) {
      int seen = heads.visible(from + i + 1);
      Strips.affine(1 / x[sumsAt + i], x, row(i), 0, x, row(i), seen);
      Arrays.fill(x, row(i) + seen, row(i) + heads.s, 0);
    }
    int logs = logSums.at(t) + unit * heads.t + from;
    Logarithm.apply(x, sumsAt, logSums.data(), logs, count);
    Strips.add(logSums.data(), logs, x, maximaAt, logSums.data(), logs, count);
  }

  private int row(int i) {
    return weightsAt + i * heads.s;
  }
}
