package seqmark.nn.layer;

import static seqmark.compute.Ops.affine;
import static seqmark.compute.Ops.broadcast;
import static seqmark.compute.Ops.concat;
import static seqmark.compute.Ops.fill;
import static seqmark.compute.Ops.multiply;
import static seqmark.compute.Ops.range;
import static seqmark.compute.Ops.relu;
import static seqmark.compute.Ops.reshape;
import static seqmark.compute.Ops.slice;
import static seqmark.compute.Ops.subtract;
import static seqmark.compute.Ops.sumTo;

import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Shape;
import seqmark.compute.Value;
import seqmark.nn.Batch;
import seqmark.nn.Problem;
import seqmark.nn.Source;

/**
 * Source and decoder input as one sequence, as models read it that know only one: the source with
 * its padding in front, then the input, so that the two meet in the same column of every row.
 *
 * @param embedded {@code [B, L, E]}, zeros for padding
 * @param mask {@code [B, L]}: 0 for the padding of the source. The padding behind the input needs
 *     none: what is causal does not see it
 * @param positions {@code [B, L]}: 0 for the first token of a row, and for the padding before it
 * @param sourceLength the padded length S of the source; the input begins there
 */
public record Stream(Value embedded, Value mask, Value positions, int sourceLength) {
  /**
   * The vectors of source and target tokens.
   *
   * @param source the source's
   * @param target the target's; the same table where both have the same symbols
   */
  public record Vectors(SourceEmbedding source, Embedding target) {
    /** Tables that start as told; one for both where the task's symbols are the same. */
    public static Vectors of(Graph g, Problem problem, int width, Init init) {
      return of(g, "embedding", problem, width, init);
    }

    /** The same under another name, for models with several. */
    public static Vectors of(Graph g, String name, Problem problem, int width, Init init) {
      SourceEmbedding source = SourceEmbedding.of(g, name, problem, width, init);
      return new Vectors(
          source,
          problem.shared()
              ? source.tokens()
              : Embedding.of(g, name + ".target", problem.targetVocabulary(), width, init));
    }

    /** The vector {@code [B, E]} of one target token per row, ids {@code [B]}. */
    public Value token(Value ids) {
      return target.apply(ids);
    }

    /** The source alone: {@code L = S}. */
    public Stream source(Source source) {
      Source moved = source.paddedAtStart();
      Value mask = moved.mask(); // [B, S]
      int length = source.length();
      return new Stream(
          masked(this.source.apply(moved), mask), // [B, S, E]
          mask,
          positions(mask, length, length), // [B, S]
          length);
    }

    /**
     * A source whose own positions are answered: nothing stands before or behind it, {@code L = S}.
     * Its padding stays at the end.
     */
    public Stream alone(Source source) {
      Value at = range(source.tokens().graph(), source.length()); // [S]
      return new Stream(
          masked(this.source.apply(source), source.mask()), // [B, S, E]
          source.mask(),
          broadcast(at, source.mask().shape()), // [B, S]
          0);
    }

    /** Source and input: {@code L = S + T}. */
    public Stream join(Batch batch) {
      Graph g = batch.input().graph();
      Stream source = source(batch.source());
      int s = source.sourceLength();
      int t = batch.targetLength();
      Value ones = fill(g, 1, Shape.of(batch.batch(), t));
      return new Stream(
          concat(1, source.embedded(), target.apply(batch.input())), // [B, S + T, E]
          concat(1, source.mask(), ones), // [B, S + T]
          positions(source.mask(), s, s + t), // [B, S + T]
          s);
    }
  }

  private static Value masked(Value x, Value mask) {
    return multiply(x, reshape(mask, mask.shape().append(1))); // [B, S, E]
  }

  /** Columns less the padding in front, not below zero. */
  private static Value positions(Value mask, int sourceLength, int length) {
    Value valid = length(mask); // [B, 1]
    Value padding = affine(valid, -1, sourceLength); // [B, 1]
    return relu(subtract(range(mask.graph(), length), padding)); // [B, L]
  }

  private static Value length(Value mask) {
    return sumTo(mask, Shape.of(mask.shape().dim(0), 1)); // [B, 1]
  }

  /** The position {@code [B, 1]} behind the source: that of the first input. */
  public Value end() {
    return length(slice(mask, 1, 0, sourceLength));
  }

  /** The columns {@code [B, T, ...]} of the input in {@code x [B, S + T, ...]}. */
  public Value input(Value x) {
    return sourceLength == 0 ? x : slice(x, 1, sourceLength, x.shape().dim(1));
  }
}
