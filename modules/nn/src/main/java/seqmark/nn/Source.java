package seqmark.nn;

import java.util.Optional;
import seqmark.compute.Graph;
import seqmark.compute.Ops;
import seqmark.compute.Value;

/**
 * The source side of a batch.
 *
 * @param tokens ids {@code [B, S]}, padded with {@link Tokens#PAD} at the end
 * @param mask {@code [B, S]}: 1 for tokens, 0 for padding
 * @param features {@code [B, S, F]}: a vector beside every token, in tasks that have them
 */
public record Source(Value tokens, Value mask, Optional<Value> features) {
  /**
   * Inputs of these extents in a graph.
   *
   * @param features F, 0 for none
   */
  public static Source inputs(Graph g, int batch, int length, int features) {
    return new Source(
        g.input("source", batch, length),
        g.input("source.mask", batch, length),
        features == 0
            ? Optional.empty()
            : Optional.of(g.input("source.features", batch, length, features)));
  }

  /** Each sequence backwards, its padding still at the end. */
  public Source reversed() {
    return new Source(
        Ops.reverseSequence(tokens, mask), mask, features.map(f -> Ops.reverseSequence(f, mask)));
  }

  /** Each sequence as it is, its padding at the start. */
  public Source paddedAtStart() {
    return new Source(
        Ops.padStart(tokens, mask),
        Ops.padStart(mask, mask),
        features.map(f -> Ops.padStart(f, mask)));
  }

  /** The number of sequences. */
  public int batch() {
    return tokens.shape().dim(0);
  }

  /** The padded length. */
  public int length() {
    return tokens.shape().dim(1);
  }
}
