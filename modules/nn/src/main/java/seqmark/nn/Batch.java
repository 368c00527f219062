package seqmark.nn;

import seqmark.compute.Graph;
import seqmark.compute.Value;

/**
 * A batch of symbolic sequences, as a model's forward pass sees it.
 *
 * @param source the source side
 * @param input decoder input ids {@code [B, T]}: {@link Tokens#BOS}, then the target; for a {@link
 *     Labeller} the source's
 * @param target ids {@code [B, T]} to predict: the target, then {@link Tokens#EOS}; for a {@link
 *     Labeller} those of the source positions that are asked
 * @param mask {@code [B, T]}: 1 where the target counts in the loss
 */
public record Batch(Source source, Value input, Value target, Value mask) {
  /**
   * Inputs of these extents in a graph.
   *
   * @param features width of the sources' feature vectors, 0 for none
   */
  public static Batch inputs(Graph g, int batch, int sourceLength, int targetLength, int features) {
    return new Batch(
        Source.inputs(g, batch, sourceLength, features),
        g.input("target.in", batch, targetLength),
        g.input("target.out", batch, targetLength),
        g.input("target.mask", batch, targetLength));
  }

  /** Inputs of these extents for a {@link Labeller}. */
  public static Batch labels(Graph g, int batch, int length, int features) {
    Source source = Source.inputs(g, batch, length, features);
    return new Batch(
        source,
        source.tokens(),
        g.input("target.out", batch, length),
        g.input("target.mask", batch, length));
  }

  /** The number of sequences. */
  public int batch() {
    return input.shape().dim(0);
  }

  /** The padded target length. */
  public int targetLength() {
    return input.shape().dim(1);
  }
}
