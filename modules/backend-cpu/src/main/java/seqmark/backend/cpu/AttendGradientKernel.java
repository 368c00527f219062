package seqmark.backend.cpu;

import static seqmark.backend.cpu.Heads.BLOCK;

import java.util.Arrays;
import seqmark.compute.Node;
import seqmark.compute.op.MultiHead;

/**
 * The kernel of {@link MultiHead.AttendGradient}. A unit is a head of a batch element. Weights W
 * and their gradient are computed for a block of queries at a time, from which the gradients of
 * keys and values are added up in the order of queries.
 */
final class AttendGradientKernel implements Kernel {
  private final Heads heads;
  private final float scale;
  private final Operand gradient;
  private final Operand logSums;
  private final Operand queries;
  private final Operand keys;
  private final Operand values;
  private final Operand dQueries;
  private final Operand dKeys;
  private final Operand dValues;

  /** Rows of what is kept per key. */
  private final int rows;

  private final int keyWidth;
  private final int valueWidth;
  private final int packedKeys;
  private final int packedQueries;
  private final int packedGradient;
  private final int transposedGradient;
  private final int weightsAt;
  private final int dWeightsAt;
  private final int dQueriesAt;
  private final int dKeysAt;
  private final int dValuesAt;
  private final int logsAt;
  private final int meansAt;
  private final int scratchFloats;

  AttendGradientKernel(Node n, Memory memory) {
    MultiHead.Attend op = ((MultiHead.AttendGradient) n.op()).forward();
    heads = new Heads(op, n.in().subList(2, n.in().size()), memory);
    scale = op.scale();
    gradient = memory.of(n.in(0));
    logSums = memory.of(n.in(1));
    queries = memory.of(n.in(2));
    keys = memory.of(n.in(3));
    values = memory.of(n.in(4));
    dQueries = memory.of(n.out(0));
    dKeys = memory.of(n.out(1));
    dValues = memory.of(n.out(2));
    rows = (heads.s + KeyTile.ROWS - 1) / KeyTile.ROWS * KeyTile.ROWS;
    keyWidth = Heads.packedWidth(heads.keyWidth);
    valueWidth = Heads.packedWidth(heads.valueWidth);
    packedKeys = heads.end();
    packedQueries = packedKeys + heads.s * keyWidth;
    packedGradient = packedQueries + BLOCK * keyWidth;
    transposedGradient = packedGradient + BLOCK * valueWidth;
    weightsAt = transposedGradient + BLOCK * heads.valueWidth;
    dWeightsAt = weightsAt + rows * BLOCK;
    dQueriesAt = dWeightsAt + rows * BLOCK;
    dKeysAt = dQueriesAt + BLOCK * keyWidth;
    dValuesAt = dKeysAt + rows * keyWidth;
    logsAt = dValuesAt + rows * valueWidth;
    meansAt = logsAt + BLOCK;
    scratchFloats = meansAt + BLOCK;
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
      heads.pack(keys, t, unit, s, heads.keyWidth, 0, s, x, packedKeys);
      Arrays.fill(x, dKeysAt, logsAt, 0);
      for (int first = 0; first < heads.t; first += BLOCK) {
        block(t, unit, x, first, Math.min(first + BLOCK, heads.t));
      }
      int dk = heads.start(dKeys, t, unit, s, heads.keyWidth);
      heads.scatter(x, dKeysAt, heads.keyWidth, dKeys, dk, s);
      int dv = heads.start(dValues, t, unit, s, heads.valueWidth);
      heads.scatter(x, dValuesAt, heads.valueWidth, dValues, dv, s);
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

  private void block(int t, int unit, float[] x, int from, int to) {
    int seen = heads.visible(to);
    heads.scores(t, unit, x, from, to, weightsAt);
    int width = heads.valueWidth;
    heads.packTransposed(gradient, t, unit, heads.t, width, from, to, scale, x, transposedGradient);
    int v = heads.start(values, t, unit, heads.s, width);
    ScoreTile.multiply(
        values.data(), v, values.distance(), x, transposedGradient, width, x, dWeightsAt, seen);
    throughSoftmax(t, unit, x, from, to);
    heads.pack(queries, t, unit, heads.t, heads.keyWidth, from, to, x, packedQueries);
    heads.pack(gradient, t, unit, heads.t, width, from, to, x, packedGradient);
    for (int key = 0; key < seen; key += KeyTile.ROWS) {
      toKeys(x, key, from, to);
    }
    for (int row = from; row < to; row += QueryTile.ROWS) {
      int k = heads.visible(Math.min(row + QueryTile.ROWS, to));
      int d = dWeightsAt + row - from;
      int c = dQueriesAt + (row - from) * keyWidth;
      QueryTile.multiply(x, d, x, packedKeys, k, heads.s, keyWidth, x, c);
    }
    int stride = dQueries.distance();
    int y = heads.start(dQueries, t, unit, heads.t, heads.keyWidth) + from * stride;
    heads.scatter(x, dQueriesAt, heads.keyWidth, dQueries, y, to - from);
  }

  /** Scores become weights, the gradient of weights times the scale that of scores. */
  private void throughSoftmax(int t, int unit, float[] x, int from, int to) {
    int seen = heads.visible(to);
    int logs = logSums.at(t) + unit * heads.t + from;
    Arrays.fill(x, logsAt, logsAt + BLOCK, 0);
    Strips.affine(Functions.LOG2_E, logSums.data(), logs, 0, x, logsAt, to - from);
    QuerySoftmax.weighAgain(x, weightsAt, seen, x, logsAt, x, dWeightsAt, x, meansAt);
    QuerySoftmax.gradient(x, weightsAt, seen, x, meansAt, x, dWeightsAt);
    int unseen = Math.min(rows, (seen + KeyTile.ROWS - 1) / KeyTile.ROWS * KeyTile.ROWS);
    Arrays.fill(x, weightsAt + seen * BLOCK, weightsAt + unseen * BLOCK, 0);
    Arrays.fill(x, dWeightsAt + seen * BLOCK, dWeightsAt + unseen * BLOCK, 0);
  }

  /** {@code dK += dWᵀ · Q} and {@code dV += Wᵀ · d} for some keys and the queries of a block. */
  private void toKeys(float[] x, int key, int from, int to) {
    int first = Math.clamp(heads.firstSeeing(key) - from, 0, to - from);
    int terms = to - from - first;
    int at = key * BLOCK + first;
    int n = to - from;
    KeyTile.multiply(
        x,
        weightsAt + at,
        x,
        packedGradient,
        first,
        terms,
        n,
        valueWidth,
        x,
        dValuesAt + key * valueWidth);
    KeyTile.multiply(
        x,
        dWeightsAt + at,
        x,
        packedQueries,
        first,
        terms,
        n,
        keyWidth,
        x,
        dKeysAt + key * keyWidth);
  }
}
