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
   * The start of recurrent nets' tables: standard normal. Vectors of that size drive the gates from
   * the first step; with the small starts usual for Transformers, Adam spends hundreds of steps
   * growing them first.
   */
  public static final Init RECURRENT = Init.normal(1);

  /** A table that starts as {@link #RECURRENT} says. */
  public static Embedding of(Graph g, String name, int vocabulary, int width) {
    return of(g, name, vocabulary, width, RECURRENT);
  }

  /** A table that starts as told. */
  public static Embedding of(Graph g, String name, int vocabulary, int width, Init init) {
    return new Embedding(g.parameter(name, init, vocabulary, width));
  }

  /** Ids {@code [...]} to vectors {@code [..., width]}. */
  public Value apply(Value ids) {
    return Ops.lookup(table, ids);
  }
}
