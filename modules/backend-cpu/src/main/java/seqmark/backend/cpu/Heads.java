package seqmark.backend.cpu;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static seqmark.backend.cpu.Lanes.LENGTH;
import static seqmark.backend.cpu.Lanes.SPECIES;

import java.util.List;
import jdk.incubator.vector.FloatVector;
import seqmark.compute.Value;
import seqmark.compute.op.MultiHead;

/**
 * The scores of one head of one batch element, for some queries at a time so that they stay in the
 * cache: what the kernels of {@link MultiHead.Attend} and of its gradient have in common.
 *
 * <p>Works in {@link ThreadScratch}, from {@link #load} on, up to {@link #end}.
 */
final class Heads {
  /** Scores taken at a time, unless one tile of rows has more. */
  private static final int BLOCK = 1 << 14;

  /**
   * Queries taken at a time if each sees but the keys up to its own: what none sees is left out.
   */
  private static final int CAUSAL = 32;

  private final MultiHead.Attend op;
  private final Operand queries;
  private final Operand keys;
  private final Operand mask;
  private final Operand queryPositions;
  private final Operand keyPositions;
  private final Gemm gemm;
  private final float[] slopes;
  private final int biasAt;
  private final int queriesAt;
  private final int packedAt;
  private final int keysAt;
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

  /** Queries taken at a time. */
  final int rows;

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
    int strips = Math.max(1, BLOCK / s / StripTile.STRIP);
    rows = Math.min(Math.min(strips * StripTile.STRIP, op.causal() ? CAUSAL : Gemm.HEIGHT), t);
    slopes = new float[op.heads()];
    for (int head = 0; head < slopes.length; head++) {
      slopes[head] = (float) op.slope(head);
    }
    gemm = new Gemm(keyWidth, s, true);
    packedAt = ThreadScratch.START;
    queriesAt = packedAt + gemm.packedFloats();
    keysAt = queriesAt + t * keyWidth;
    biasAt = keysAt + s * keyWidth;
    end = ThreadScratch.line(biasAt + s);
  }

  /** Where in the thread's scratch ends what belongs to the scores. */
  int end() {
    return end;
  }

  /** Where the head's keys lie, {@code [S, keyWidth]}. */
  int keysAt() {
    return keysAt;
  }

  /** Where the head's queries times the scale lie, {@code [T, keyWidth]}. */
  int queriesAt() {
    return queriesAt;
  }

  /** How many keys the queries {@code from .. to - 1} see among them, for causality. */
  int visible(int to) {
    return op.visible(to - 1, t, s);
  }

  /** Fetches the head's queries and keys. */
  void load(int step, int unit, float[] scratch) {
    gather(keys, step, unit, s, keyWidth, scratch, keysAt());
    gemm.pack(scratch, keysAt(), scratch, packedAt, 0, gemm.panels());
    loadQueries(step, unit, scratch);
  }

  private void loadQueries(int step, int unit, float[] scratch) {
    gather(queries, step, unit, t, keyWidth, scratch, queriesAt);
    Strips.affine(op.scale(), scratch, queriesAt, 0, scratch, queriesAt, t * keyWidth);
    float[] m = mask.data();
    int mAt = mask.at(step) + unit / op.heads() * s;
    for (int j = 0; j < s; j++) {
      scratch[biasAt + j] = m[mAt + j] == 0 ? Float.NEGATIVE_INFINITY : 0;
    }
  }

  /** Fetches the only query, and gives its scores out of keys that are not packed. */
  void scoresOfOne(int step, int unit, float[] scratch, int at) {
    loadQueries(step, unit, scratch);
    float[] k = keys.data();
    int kAt = start(keys, step, unit, s, keyWidth);
    int stride = keyWidth * op.heads();
    int seen = visible(1);
    for (int j = 0; j < seen; j++) {
      float dot = Strips.dot(scratch, queriesAt, k, kAt + j * stride, keyWidth);
      scratch[at + j] = dot + scratch[biasAt + j];
    }
    slant(step, unit, scratch, 0, 1, at);
  }

  /**
   * The scores of the queries {@code from .. to - 1}, {@code [to - from, S]}, of which only the
   * {@link #visible} keys are computed; minus infinity where a key is masked.
   */
  void scores(int step, int unit, float[] scratch, int from, int to, int at) {
    int columns = visible(to);
    int q = queriesAt + from * keyWidth;
    int count = to - from;
    gemm.multiply(
        scratch, q, scratch, packedAt, scratch, biasAt, 0, scratch, at, count, columns, keyWidth);
    slant(step, unit, scratch, from, to, at);
  }

  /** Scores fall with the distance of positions, where the op wants it. */
  private void slant(int step, int unit, float[] scratch, int from, int to, int at) {
    if (!op.alibi()) {
      return;
    }
    int b = unit / op.heads();
    float slope = slopes[unit % op.heads()];
    int k = keyPositions.at(step) + b * s;
    for (int i = from; i < to; i++) {
      float middle = queryPositions.data()[queryPositions.at(step) + b * t + i];
      int row = at + (i - from) * s;
      slant(slope, middle, keyPositions.data(), k, scratch, row, op.visible(i, t, s));
    }
  }

  /** {@code z -= slope * |x - middle|}. */
  private static void slant(
      float slope, float middle, float[] x, int x0, float[] z, int z0, int n) {
    FloatVector down = broadcast(SPECIES, -slope);
    int whole = Lanes.whole(n);
    for (int i = 0; i < whole; i += LENGTH) {
      FloatVector apart = fromArray(SPECIES, x, x0 + i).sub(middle).abs();
      apart.fma(down, fromArray(SPECIES, z, z0 + i)).intoArray(z, z0 + i);
    }
    for (int i = whole; i < n; i++) {
      z[z0 + i] = Math.fma(Math.abs(x[x0 + i] - middle), -slope, z[z0 + i]);
    }
  }

  /** Whether this is the first head of a batch element. */
  boolean isFirst(int unit) {
    return unit % op.heads() == 0;
  }

  /** Reads all heads' parts of a batch element, of which the copies of one head are but pieces. */
  void fetch(Operand x, int step, int unit, int n, int width) {
    int all = op.heads() * width;
    Strips.fetch(x.data(), x.at(step) + unit / op.heads() * n * all, all, n, all);
  }

  /** The same for keys and queries. */
  void fetch(int step, int unit) {
    fetch(keys, step, unit, s, keyWidth);
    fetch(queries, step, unit, t, keyWidth);
  }

  /** Copies a head's part {@code [n, width]} of a value {@code [B, n, heads * width]}. */
  void gather(Operand x, int step, int unit, int n, int width, float[] scratch, int to) {
    int from = start(x, step, unit, n, width);
    for (int i = 0; i < n; i++) {
      Strips.copy(x.data(), from + i * op.heads() * width, scratch, to + i * width, width);
    }
  }

  /** Copies a head's part {@code [n, width]} to its place, from row {@code first} on. */
  void scatter(
      float[] scratch, int at, Operand y, int step, int unit, int of, int width, int first, int n) {
    int to = start(y, step, unit, of, width);
    for (int i = 0; i < n; i++) {
      Strips.copy(scratch, at + i * width, y.data(), to + (first + i) * op.heads() * width, width);
    }
  }

  /** Where a head's part of a batch element begins. */
  int start(Operand x, int step, int unit, int n, int width) {
    int b = unit / op.heads();
    return x.at(step) + (b * n * op.heads() + unit % op.heads()) * width;
  }
}
