package seqmark.backend.cpu;

import static seqmark.backend.cpu.Heads.BLOCK;

import java.util.Arrays;
import seqmark.compute.Node;
import seqmark.compute.op.MultiHead;

/** The kernel of {@link MultiHead.Attend}. A unit is a head of a batch element. */
final class AttendKernel implements Kernel {
  private final Heads heads;
  private final Operand values;
  private final Operand out;
  private final Operand logSums;
  private final int packedWidth;
  private final int packedAt;
  private final int weightsAt;
  private final int mixedAt;
  private final int maximaAt;
  private final int sumsAt;
  private final int scratchFloats;

  AttendKernel(Node n, Memory memory) {
    heads = new Heads((MultiHead.Attend) n.op(), n.in(), memory);
    values = memory.of(n.in(2));
    out = memory.of(n.out(0));
    logSums = memory.of(n.out(1));
    packedWidth = Heads.packedWidth(heads.valueWidth);
    packedAt = heads.end();
    weightsAt = packedAt + heads.s * packedWidth;
    mixedAt = weightsAt + heads.s * BLOCK;
    maximaAt = mixedAt + BLOCK * packedWidth;
    sumsAt = maximaAt + BLOCK;
    scratchFloats = sumsAt + BLOCK;
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

  /** A single query, as in generation: a query per lane would leave all lanes but one empty. */
  private void one(int t, int unit, float[] x) {
    heads.scoresOfOne(t, unit, x, weightsAt);
    int seen = heads.s;
    float max = Strips.max(x, weightsAt, seen);
    max = max == Float.NEGATIVE_INFINITY ? 0 : max;
    Functions.exp(1, x, weightsAt, -max, x, weightsAt, seen);
    float sum = Strips.sum(x, weightsAt, seen);
    x[sumsAt] = sum == 0 ? 1 : sum;
    Strips.affine(1 / x[sumsAt], x, weightsAt, 0, x, weightsAt, seen);
    int logs = logSums.at(t) + unit;
    Logarithm.apply(x, sumsAt, logSums.data(), logs, 1);
    logSums.data()[logs] += max;
    int width = heads.valueWidth;
    int y = heads.start(out, t, unit, 1, width);
    Arrays.fill(out.data(), y, y + width, 0);
    int v = heads.start(values, t, unit, heads.s, width);
    int stride = values.distance();
    SingleRow.multiply(x, weightsAt, values.data(), v, stride, seen, out.data(), y, width);
  }

  private void several(int t, int unit, float[] x, boolean fetches) {
    int width = heads.valueWidth;
    if (fetches) {
      heads.fetch(t, unit);
      heads.fetch(values, t, unit, heads.s, width);
      heads.fetch(out, t, unit, heads.t, width);
    }
    heads.pack(values, t, unit, heads.s, width, 0, heads.s, x, packedAt);
    for (int first = 0; first < heads.t; first += BLOCK) {
      block(t, unit, x, first, Math.min(first + BLOCK, heads.t));
    }
  }

  private void block(int t, int unit, float[] x, int from, int to) {
    int seen = heads.visible(to);
    heads.scores(t, unit, x, from, to, weightsAt);
    QuerySoftmax.maxima(x, weightsAt, seen, x, maximaAt);
    QuerySoftmax.weigh(x, weightsAt, seen, x, maximaAt, x, sumsAt);
    for (int row = from; row < to; row += QueryTile.ROWS) {
      int keys = heads.visible(Math.min(row + QueryTile.ROWS, to));
      int w = weightsAt + row - from;
      int c = mixedAt + (row - from) * packedWidth;
      QueryTile.multiply(x, w, x, packedAt, keys, heads.s, packedWidth, x, c);
    }
    scatter(t, unit, x, from, to);
    float[] logs = logSums.data();
    int logsAt = logSums.at(t) + unit * heads.t + from;
    Logarithm.apply(x, sumsAt, logs, logsAt, to - from);
    Strips.addScaled(Heads.LN_2, x, maximaAt, logs, logsAt, logs, logsAt, to - from);
  }

  private void scatter(int t, int unit, float[] x, int from, int to) {
    int width = heads.valueWidth;
    int stride = out.distance();
    int y = heads.start(out, t, unit, heads.t, width) + from * stride;
    for (int i = 0; i < to - from; i++) {
      int at = mixedAt + i * packedWidth;
      Strips.affine(1 / x[sumsAt + i], x, at, 0, out.data(), y + i * stride, width);
    }
  }
}
