package seqmark.model.memory;

import static seqmark.compute.Ops.add;
import static seqmark.compute.Ops.lookup;
import static seqmark.compute.Ops.range;

import java.util.Optional;
import seqmark.compute.Graph;
import seqmark.compute.Value;
import seqmark.nn.Source;
import seqmark.nn.layer.Stream;

/**
 * One of the matrices A and C of the paper with its temporal matrix T: from words to memories.
 *
 * @param words vectors of source and target tokens
 * @param window if a memory is what precedes a token, not the token
 * @param start T of source memories counted from the first
 * @param end T of source memories counted from the last
 * @param written T of target tokens
 */
record Matrix(
    Stream.Vectors words,
    Optional<Window> window,
    Optional<Value> start,
    Optional<Value> end,
    Optional<Value> written) {
  static Matrix of(Graph g, String name, Form form, Optional<Window> window) {
    Temporal temporal = form.temporal();
    int slots = form.problem().maxSourceLength();
    return new Matrix(
        Stream.Vectors.of(g, name, form.problem(), form.width(), Form.START),
        window,
        table(g, name + ".start", temporal.fromStart(), slots, form),
        table(g, name + ".end", temporal.fromEnd(), slots, form),
        table(g, name + ".written", temporal != Temporal.NONE, form.capacity(), form));
  }

  private static Optional<Value> table(Graph g, String name, boolean exists, int rows, Form form) {
    return exists
        ? Optional.of(g.parameter(name, Form.START, rows, form.width()))
        : Optional.empty();
  }

  /** The memories {@code [B, M, E]} of a source. */
  Value source(Source source, Slots slots) {
    Value m = text(source, slots); // [B, M, E]
    Graph g = m.graph();
    int count = m.shape().dim(1);
    if (start.isPresent()) {
      m = add(m, lookup(start.get(), range(g, count)));
    }
    if (end.isPresent()) {
      m = add(m, lookup(end.get(), slots.age()));
    }
    return m;
  }

  private Value text(Source source, Slots slots) {
    return window.isPresent() && slots.sentences().isEmpty()
        ? window.get().sum(back -> words.source().apply(Window.later(source, back + 1)))
        : slots.sum(words.source().apply(source));
  }

  /** The memories {@code [B, C, E]} of target tokens {@code [B, C]}. */
  Value written(Value ids) {
    Value m =
        window.isPresent()
            ? window.get().sum(back -> words.target().apply(Window.later(ids, back + 1)))
            : words.target().apply(ids);
    return written.isPresent()
        ? add(m, lookup(written.get(), range(m.graph(), m.shape().dim(1))))
        : m;
  }
}
