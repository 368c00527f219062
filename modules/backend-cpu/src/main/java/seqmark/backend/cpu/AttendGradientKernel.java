package seqmark.backend.cpu;

import java.util.Arrays;
import seqmark.compute.Node;
import seqmark.compute.op.MultiHead;

/**
 * The kernel of {@link MultiHead.AttendGradient}. A unit is a head of a batch element. Weights W
 * and their gradient are computed for some queries at a time, from which the gradients of keys and
 * values are added up in the order of queries.
 */
final class AttendGradientKernel implements Kernel {
  private final Heads heads;
  private final float scale;
  private final Operand gradient;
  private final Operand logSums;
  private final Operand values;
  private final Operand dQueries;
  private final Operand dKeys;
  private final Operand dValues;

  /** {@code d · Vᵀ}. */
  private final Gemm toWeights;

  /** {@code dW · K}. */
  private final Gemm toQueries;

  /** {@code dWᵀ · Q}. */
  private final Gemm toKeys;

  /** {@code Wᵀ · d}. */
  private final Gemm toValues;

  private final int packedValues;
  private final int packedKeys;
  private final int packedTile;
  private final int gradientAt;
  private final int weightsAt;
  private final int dWeightsAt;
  private final int dQueriesAt;
  private final int dKeysAt;
  private final int dValuesAt;
  private final int meansAt;
  private final int scratchFloats;

  AttendGradientKernel(Node n, Memory memory) {
    MultiHead.Attend op = ((MultiHead.AttendGradient) n.op()).forward();
    heads = new Heads(op, n.in().subList(2, n.in().size()), memory);
    scale = op.scale();
    gradient = memory.of(n.in(0));
    logSums = memory.of(n.in(1));
    values = memory.of(n.in(4));
    dQueries = memory.of(n.out(0));
    dKeys = memory.of(n.out(1));
    dValues = memory.of(n.out(2));
    int s = heads.s;
    int rows = heads.rows;
    toWeights = new Gemm(heads.valueWidth, s, true);
    toQueries = new Gemm(s, heads.keyWidth, false);
    toKeys = new Gemm(rows, heads.keyWidth, false);
    toValues = new Gemm(rows, heads.valueWidth, false);
    packedValues = heads.end();
    packedKeys = packedValues + toWeights.packedFloats();
    packedTile = packedKeys + toQueries.packedFloats();
    gradientAt = packedTile + Math.max(toKeys.packedFloats(), toValues.packedFloats());
    weightsAt = gradientAt + heads.t * heads.valueWidth;
    dWeightsAt = weightsAt + rows * s;
    dQueriesAt = dWeightsAt + rows * s;
    dKeysAt = dQueriesAt + rows * heads.keyWidth;
    dValuesAt = dKeysAt + s * heads.keyWidth;
    meansAt = dValuesAt + s * heads.valueWidth;
    scratchFloats = meansAt + rows;
  }

  @Override
  public int units() {
    return heads.units;
  }

  @Override
  public void run(int t, int from, int to) {
    float[] x = ThreadScratch.floats(scratchFloats);
    int s = heads.s;
    for (int unit = from; unit < to; unit++) {
      if (unit == from || heads.isFirst(unit)) {
        fetch(t, unit);
      }
      heads.load(t, unit, x);
      toQueries.pack(x, heads.keysAt(), x, packedKeys, 0, toQueries.panels());
      heads.gather(values, t, unit, s, heads.valueWidth, x, dValuesAt);
      toWeights.pack(x, dValuesAt, x, packedValues, 0, toWeights.panels());
      heads.gather(gradient, t, unit, heads.t, heads.valueWidth, x, gradientAt);
      Arrays.fill(x, dKeysAt, meansAt, 0);
      for (int first = 0; first < heads.t; first += heads.rows) {
        tile(t, unit, x, first, Math.min(first + heads.rows, heads.t));
      }
      heads.scatter(x, dKeysAt, dKeys, t, unit, s, heads.keyWidth, 0, s);
      heads.scatter(x, dValuesAt, dValues, t, unit, s, heads.valueWidth, 0, s);
    }
  }

  private void fetch(int t, int unit) {
    int width = heads.valueWidth;
    heads.fetch(t, unit);
    heads.fetch(values, t, unit, heads.s, width);
    heads.fetch(gradient, t, unit, heads.t, width);
    heads.fetch(dQueries, t, unit, heads.t, heads.keyWidth);
    heads.fetch(dKeys, t, unit, heads.s, heads.keyWidth);
    heads.fetch(dValues, t, unit, heads.s, width);
  }

  private void tile(int t, int unit, float[] x, int from, int to) {
    int count = to - from;
    int s = heads.s;
    int seen = heads.visible(to);
    int d = gradientAt + from * heads.valueWidth;
    heads.scores(t, unit, x, from, to, weightsAt);
    float[] zeros = toWeights.zeros();
    int depth = heads.valueWidth;
    toWeights.multiply(x, d, x, packedValues, zeros, 0, 0, x, dWeightsAt, count, seen, depth);
    throughSoftmax(t, unit, x, from, to);
    addTransposed(toValues, x, weightsAt, d, dValuesAt, count, seen);
    int q = heads.queriesAt() + from * heads.keyWidth;
    addTransposed(toKeys, x, dWeightsAt, q, dKeysAt, count, seen);
    int width = heads.keyWidth;
    zeros = toQueries.zeros();
    toQueries.multiply(
        x, dWeightsAt, x, packedKeys, zeros, 0, 0, x, dQueriesAt, count, width, seen);
    Strips.affine(scale, x, dQueriesAt, 0, x, dQueriesAt, count * width);
    heads.scatter(x, dQueriesAt, dQueries, t, unit, heads.t, width, from, count);
  }

  /**
   * Scores become weights, the weights' gradient that of the scores; zeros beyond what is seen. As
   * in {@link AttendKernel}, each step is done for all rows.
   */
  private void throughSoftmax(int t, int unit, float[] x, int from, int to) {
    int count = to - from;
    int s = heads.s;
    float[] logs = logSums.data();
    int logsAt = logSums.at(t) + unit * heads.t + from;
    for (int i = 0; i < count; i++) {
      int w = weightsAt + i * s;
      Functions.exp(1, x, w, -logs[logsAt + i], x, w, heads.visible(from + i + 1));
    }
    for (int i = 0; i < count; i++) {
      int seen = heads.visible(from + i + 1);
      x[meansAt + i] = Strips.dot(x, weightsAt + i * s, x, dWeightsAt + i * s, seen);
    }
    for (int i = 0; i < count; i++) {
      int seen = heads.visible(from + i + 1);
      int w = weightsAt + i * s;
      int d = dWeightsAt + i * s;
      SoftmaxKernels.SoftmaxGradient.weigh(x, w, x, d, x[meansAt + i], x, d, seen);
      Arrays.fill(x, w + seen, w + s, 0);
      Arrays.fill(x, d + seen, d + s, 0);
    }
  }

  /** {@code y[keys, width] += w[count, keys]ᵀ · z[count, width]}. */
  private void addTransposed(Gemm gemm, float[] x, int w, int z, int y, int count, int keys) {
    gemm.packRows(x, z, x, packedTile, count);
    int n = gemm.columns();
    gemm.multiplyTransposed(x, w, heads.s, x, packedTile, x, y, n, x, y, keys, count);
  }
}
