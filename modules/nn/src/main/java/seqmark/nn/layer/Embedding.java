package seqmark.nn.layer;

import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Ops;
import seqmark.compute.Value;

/**
 * A vector per token id.
 *
 * @param table {@code [vocabulary, width]}
 */
public record Embedding(Value table) {
  /**
   * A table that starts standard normal. Vectors of that size drive the gates of a recurrent net
   * from the first step; with the small starts usual for Transformers, Adam spends hundreds of
   * steps growing them first.
   */
  public static Embedding of(Graph g, String name, int vocabulary, int width) {
    return new Embedding(g.parameter(name, Init.normal(1), vocabulary, width));
  }

  /** Ids {@code [...]} to vectors {@code [..., width]}. */
  public Value apply(Value ids) {
    return Ops.lookup(table, ids);
  }
}
