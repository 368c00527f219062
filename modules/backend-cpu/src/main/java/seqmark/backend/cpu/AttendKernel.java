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
  private final int scratchFloats;

  AttendKernel(Node n, Memory memory) {
    heads = new Heads((MultiHead.Attend) n.op(), n.in(), memory);
    values = memory.of(n.in(2));
    out = memory.of(n.out(0));
    logSums = memory.of(n.out(1));
    mix = new Gemm(heads.s, heads.valueWidth, false);
    packedAt = heads.scratchFloats();
    weightsAt = packedAt + mix.packedFloats();
    mixedAt = weightsAt + Math.max(heads.rows, heads.valueWidth) * heads.s;
    scratchFloats = mixedAt + heads.rows * heads.valueWidth;
  }

  @Override
  public int units() {
    return heads.units;
  }

  @Override
  public void run(int t, int from, int to) {
    float[] x = ThreadScratch.floats(scratchFloats);
    for (int unit = from; unit < to; unit++) {
      heads.load(t, unit, x);
      heads.gather(values, t, unit, heads.s, heads.valueWidth, x, weightsAt);
      mix.pack(x, weightsAt, x, packedAt, 0, mix.panels());
      for (int first = 0; first < heads.t; first += heads.rows) {
        tile(t, unit, x, first, Math.min(first + heads.rows, heads.t));
      }
    }
  }

  private void tile(int t, int unit, float[] x, int from, int to) {
    int s = heads.s;
    int width = heads.valueWidth;
    int count = to - from;
    heads.scores(t, unit, x, from, to, weightsAt);
    for (int i = from; i < to; i++) {
      int seen = heads.visible(i + 1);
      int row = weightsAt + (i - from) * s;
      logSums.data()[logSums.at(t) + unit * heads.t + i] = softmax(x, row, seen);
      Arrays.fill(x, row + seen, row + s, 0);
    }
    Arrays.fill(x, mixedAt, mixedAt + count * width, 0);
    mix.multiply(x, weightsAt, x, packedAt, x, mixedAt, count, width, heads.visible(to));
    heads.scatter(x, mixedAt, out, t, unit, heads.t, width, from, count);
  }

  /** The softmax of a row in its place; returns the log of its sum, 0 if nothing is seen. */
  private static float softmax(float[] x, int x0, int n) {
    float max = Strips.max(x, x0, n);
    if (max == Float.NEGATIVE_INFINITY) {
      Arrays.fill(x, x0, x0 + n, 0);
      return 0;
    }
    Functions.exp(1, x, x0, -max, x, x0, n);
    float sum = Strips.sum(x, x0, n);
    Strips.affine(1 / sum, x, x0, 0, x, x0, n);
    return max + (float) StrictMath.log(sum);
  }
}
