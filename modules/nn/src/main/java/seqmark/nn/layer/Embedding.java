package seqmark.nn.layer;

import java.util.function.UnaryOperator;
import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Loop;
import seqmark.compute.Ops;
import seqmark.compute.Value;
import seqmark.compute.op.Embedding.Lookup;

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

  /**
   * What a map makes of vectors {@code [..., width]}, each by itself. Where they were looked up,
   * and there are at least twice as many as the table has rows, the rows are mapped instead.
   */
  public static Value each(Value vectors, UnaryOperator<Value> map) {
    if (vectors.node() == null || !(vectors.node().op() instanceof Lookup)) {
      return map.apply(vectors);
    }
    Value table = vectors.node().in(0);
    Value ids = vectors.node().in(1);
    return ids.shape().size() < 2 * table.shape().dim(0)
        ? map.apply(vectors)
        : Ops.lookup(map.apply(table), ids);
  }

  /** A step of vectors {@code [T, ..., width]}: looked up when its time has come if they are. */
  public static Value slice(Loop loop, Value vectors) {
    return vectors.node() != null && vectors.node().op() instanceof Lookup
        ? Ops.lookup(vectors.node().in(0), loop.slice(vectors.node().in(1)))
        : loop.slice(vectors);
  }
}
