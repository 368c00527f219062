package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.fromArray;
import static seqmark.backend.cpu.Functions.LOG2_E;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;

import java.util.Arrays;
import java.util.List;
import seqmark.compute.Value;
import seqmark.compute.op.MultiHead;

/**
 * The scores of one head of one batch element, for a block of queries at a time so that they stay
 * in the cache: what the kernels of {@link MultiHead.Attend} and of its gradient have in common.
 *
 * <p>Scores are {@code [keys, BLOCK]}, with a query per lane: such rows are a packed operand of
 * products over keys as they are, and {@link QuerySoftmax} adds up nothing across lanes. They are
 * powers of 2 instead of e, for which exponentials are shorter.
 *
 * <p>Works in {@link ThreadScratch}, up to {@link #end}.
 */
final class Heads {
  /** Queries taken at a time. */
  static final int BLOCK = 2 * LENGTH;

  /** The natural logarithm of 2. */
  static final float LN_2 = 0.6931472f;

  private final MultiHead.Attend op;
  private final Operand queries;
  private final Operand keys;
  private final Operand mask;
  private final Operand queryPositions;
  private final Operand keyPositions;
  private final float[] slopes;
  private final int packedAt;
  private final int positionsAt;
  private final int end;

  /** How many queries T. */
  final int t;

  /** How many keys S. */
  final int s;

  /** Heads of all batch elements. */
  final int units;

  /** The width of a head's queries and keys. */
  final int keyWidth;

  /** The width of a head's values. */
  final int valueWidth;

  /**
   * The heads of a node.
   *
   * @param in the operands of {@link MultiHead.Attend}
   */
  Heads(MultiHead.Attend op, List<Value> in, Memory memory) {
    this.op = op;
    queries = memory.of(in.get(0));
    keys = memory.of(in.get(1));
    mask = memory.of(in.get(3));
    queryPositions = op.alibi() ? memory.of(in.get(4)) : null;
    keyPositions = op.alibi() ? memory.of(in.get(5)) : null;
    t = in.get(0).shape().dim(1);
    s = in.get(1).shape().dim(1);
    units = in.get(0).shape().dim(0) * op.heads();
    keyWidth = in.get(0).shape().dim(2) / op.heads();
    valueWidth = in.get(2).shape().dim(2) / op.heads();
    slopes = new float[op.heads()];
    for (int head = 0; head < slopes.length; head++) {
      slopes[head] = (float) op.slope(head);
    }
    packedAt = ThreadScratch.START;
    positionsAt = packedAt + keyWidth * BLOCK;
    end = positionsAt + BLOCK;
  }

  /** Where in the thread's scratch ends what belongs to the scores. */
  int end() {
    return end;
  }

  /** How many keys the queries {@code from .. to - 1} see among them, for causality. */
  int visible(int to) {
    return op.visible(to - 1, t, s);
  }

  /** The first query that sees a key, for causality. */
  int firstSeeing(int key) {
    return op.causal() ? Math.max(0, key + t - s) : 0;
  }

  /** Gives the scores, in natural units, of the only query. */
  void scoresOfOne(int step, int unit, float[] scratch, int at) {
    int q = start(queries, step, unit, 1, keyWidth);
    Strips.affine(op.scale(), queries.data(), q, 0, scratch, packedAt, keyWidth);
    float[] k = keys.data();
    int kAt = start(keys, step, unit, s, keyWidth);
    int stride = keys.distance();
    float[] m = mask.data();
    int mAt = mask.at(step) + unit / op.heads() * s;
    for (int j = 0; j < s; j++) {
      float dot = Strips.dot(scratch, packedAt, k, kAt + j * stride, keyWidth);
      scratch[at + j] = m[mAt + j] == 0 ? Float.NEGATIVE_INFINITY : dot;
    }
    if (op.alibi()) {
      int b = unit / op.heads();
      float middle = queryPositions.data()[queryPositions.at(step) + b];
      float[] k0 = keyPositions.data();
      int positions = keyPositions.at(step) + b * s;
      for (int j = 0; j < s; j++) {
        float apart = Math.abs(k0[positions + j] - middle);
        scratch[at + j] = Math.fma(apart, -slopes[unit % op.heads()], scratch[at + j]);
      }
    }
  }

  /**
   * The scores of the queries {@code from .. to - 1} for the {@link #visible} keys; minus infinity
   * where a query does not see a key.
   */
  void scores(int step, int unit, float[] scratch, int from, int to, int at) {
    int seen = visible(to);
    packTransposed(
        queries, step, unit, t, keyWidth, from, to, op.scale() * LOG2_E, scratch, packedAt);
    int kAt = start(keys, step, unit, s, keyWidth);
    ScoreTile.multiply(
        keys.data(), kAt, keys.distance(), scratch, packedAt, keyWidth, scratch, at, seen);
    if (op.alibi()) {
      slant(step, unit, scratch, from, to, at);
    }
    float[] m = mask.data();
    int mAt = mask.at(step) + unit / op.heads() * s;
    for (int j = 0; j < seen; j++) {
      if (m[mAt + j] == 0) {
        int row = at + j * BLOCK;
        Arrays.fill(scratch, row, row + BLOCK, Float.NEGATIVE_INFINITY);
      }
    }
    if (op.causal()) {
      int apart = s - t + from;
      QuerySoftmax.hide(scratch, at, seen, apart);
    }
  }

  /** Scores fall with the distance of positions. */
  private void slant(int step, int unit, float[] scratch, int from, int to, int at) {
    int b = unit / op.heads();
    float slope = slopes[unit % op.heads()] * LOG2_E;
    int q = queryPositions.at(step) + b * t + from;
    Arrays.fill(scratch, positionsAt, positionsAt + BLOCK, 0);
    Strips.copy(queryPositions.data(), q, scratch, positionsAt, to - from);
    int k = keyPositions.at(step) + b * s;
    QuerySoftmax.slant(
        scratch, at, visible(to), slope, scratch, positionsAt, keyPositions.data(), k);
  }

  /** Whether this is the first head of a batch element. */
  boolean isFirst(int unit) {
    return unit % op.heads() == 0;
  }

  /** Reads all heads' parts of a batch element, of which the copies of one head are but pieces. */
  void fetch(Operand x, int step, int unit, int n, int width) {
    int ldx = x.distance();
    int at = x.at(step) + unit / op.heads() * n * ldx;
    Strips.fetch(x.data(), at, ldx, n, op.heads() * width);
  }

  /** The same for keys and queries. */
  void fetch(int step, int unit) {
    fetch(keys, step, unit, s, keyWidth);
    fetch(queries, step, unit, t, keyWidth);
  }

  /** Columns of a packed operand, or of a product with it. */
  static int packedWidth(int width) {
    return (width + LENGTH - 1) / LENGTH * LENGTH;
  }

  /**
   * Packs rows of a head's part {@code [n, width]} of a value {@code [B, n, heads * width]}, for
   * {@link QueryTile} and {@link KeyTile}: panels of two vectors, the last of one if that is
   * enough.
   */
  void pack(Operand x, int step, int unit, int n, int width, int from, int to, float[] y, int y0) {
    int stride = x.distance();
    int x0 = start(x, step, unit, n, width) + from * stride;
    int rows = to - from;
    int whole = width / LENGTH * LENGTH;
    float[] data = x.data();
    for (int column = 0; column < packedWidth(width); column += LENGTH) {
      int panel = column / BLOCK * BLOCK;
      int ldy = Math.min(BLOCK, packedWidth(width) - panel);
      int at = y0 + panel * rows + column - panel;
      for (int row = 0; row < rows; row++) {
        int xAt = x0 + row * stride + column;
        if (column < whole) {
          fromArray(SPECIES, data, xAt).intoArray(y, at + row * ldy);
        } else {
          Arrays.fill(y, at + row * ldy, at + row * ldy + LENGTH, 0);
          Strips.copy(data, xAt, y, at + row * ldy, width - whole);
        }
      }
    }
  }

  /** Packs the same rows times a factor as {@code [width, BLOCK]}, with zeros behind them. */
  void packTransposed(
      Operand x,
      int step,
      int unit,
      int n,
      int width,
      int from,
      int to,
      float factor,
      float[] y,
      int y0) {
    int stride = x.distance();
    int x0 = start(x, step, unit, n, width) + from * stride;
    if (to - from < BLOCK) {
      Arrays.fill(y, y0, y0 + width * BLOCK, 0);
    }
    Transposed.copy(x.data(), x0, stride, to - from, width, y, y0, BLOCK);
    Strips.affine(factor, y, y0, 0, y, y0, width * BLOCK);
  }

  /** Copies rows of a product to their place in a head's part. */
  void scatter(float[] x, int x0, int width, Operand y, int y0, int n) {
    for (int i = 0; i < n; i++) {
      Strips.copy(x, x0 + i * packedWidth(width), y.data(), y0 + i * y.distance(), width);
    }
  }

  /** Where a head's part of a batch element begins. */
  int start(Operand x, int step, int unit, int n, int width) {
    int b = unit / op.heads();
    return x.at(step) + b * n * x.distance() + unit % op.heads() * width;
  }
}
