package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.fromArray;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
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
  private final int transposedAt;
  private final int dQueriesAt;
  private final int dKeysAt;
  private final int dValuesAt;
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
    packedValues = heads.scratchFloats();
    packedKeys = packedValues + toWeights.packedFloats();
    packedTile = packedKeys + toQueries.packedFloats();
    gradientAt = packedTile + Math.max(toKeys.packedFloats(), toValues.packedFloats());
    weightsAt = gradientAt + (heads.t + rows) * heads.valueWidth;
    dWeightsAt = weightsAt + rows * s;
    transposedAt = dWeightsAt + rows * s;
    dQueriesAt = transposedAt + rows * s;
    dKeysAt = dQueriesAt + rows * heads.keyWidth;
    dValuesAt = dKeysAt + s * heads.keyWidth;
    scratchFloats = dValuesAt + s * heads.valueWidth;
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
      heads.load(t, unit, x);
      toQueries.pack(x, heads.keysAt(), x, packedKeys, 0, toQueries.panels());
      heads.gather(values, t, unit, s, heads.valueWidth, x, dValuesAt);
      toWeights.pack(x, dValuesAt, x, packedValues, 0, toWeights.panels());
      heads.gather(gradient, t, unit, heads.t, heads.valueWidth, x, gradientAt);
      Arrays.fill(x, dKeysAt, scratchFloats, 0);
      for (int first = 0; first < heads.t; first += heads.rows) {
        tile(t, unit, x, first, Math.min(first + heads.rows, heads.t));
      }
      heads.scatter(x, dKeysAt, dKeys, t, unit, s, heads.keyWidth, 0, s);
      heads.scatter(x, dValuesAt, dValues, t, unit, s, heads.valueWidth, 0, s);
    }
  }

  private void tile(int t, int unit, float[] x, int from, int to) {
    int count = to - from;
    int s = heads.s;
    int seen = heads.visible(to);
    int d = gradientAt + from * heads.valueWidth;
    heads.scores(t, unit, x, from, to, weightsAt);
    Arrays.fill(x, dWeightsAt, dWeightsAt + count * s, 0);
    toWeights.multiply(x, d, x, packedValues, x, dWeightsAt, count, seen, heads.valueWidth);
    for (int i = from; i < to; i++) {
      float logSum = logSums.data()[logSums.at(t) + unit * heads.t + i];
      throughSoftmax(logSum, x, (i - from) * s, heads.visible(i + 1));
    }
    addTransposed(toValues, x, weightsAt, d, dValuesAt, count, seen);
    int q = heads.queriesAt() + from * heads.keyWidth;
    addTransposed(toKeys, x, dWeightsAt, q, dKeysAt, count, seen);
    int width = heads.keyWidth;
    Arrays.fill(x, dQueriesAt, dQueriesAt + count * width, 0);
    toQueries.multiply(x, dWeightsAt, x, packedKeys, x, dQueriesAt, count, width, seen);
    Strips.affine(scale, x, dQueriesAt, 0, x, dQueriesAt, count * width);
    heads.scatter(x, dQueriesAt, dQueries, t, unit, heads.t, width, from, count);
  }

  /** Scores become weights, the weights' gradient that of the scores; zeros beyond what is seen. */
  private void throughSoftmax(float logSum, float[] x, int row, int seen) {
    int w = weightsAt + row;
    int d = dWeightsAt + row;
    Functions.exp(1, x, w, -logSum, x, w, seen);
    float mean = Strips.dot(x, w, x, d, seen);
    int whole = Lanes.whole(seen);
    for (int i = 0; i < whole; i += LENGTH) {
      FloatVector apart = fromArray(SPECIES, x, d + i).sub(mean);
      apart.mul(fromArray(SPECIES, x, w + i)).intoArray(x, d + i);
    }
    for (int i = whole; i < seen; i++) {
      x[d + i] = (x[d + i] - mean) * x[w + i];
    }
    Arrays.fill(x, w + seen, w + heads.s, 0);
    Arrays.fill(x, d + seen, d + heads.s, 0);
  }

  /** {@code y[keys, width] += w[count, keys]ᵀ · z[count, width]}. */
  private void addTransposed(Gemm gemm, float[] x, int w, int z, int y, int count, int keys) {
    int rows = heads.rows;
    Transposed.copy(x, w, heads.s, count, keys, x, transposedAt, rows);
    gemm.pack(x, z, x, packedTile, 0, gemm.panels());
    gemm.multiply(x, transposedAt, x, packedTile, x, y, keys, gemm.columns(), count);
  }
}
