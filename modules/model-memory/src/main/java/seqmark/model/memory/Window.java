package seqmark.model.memory;

import static seqmark.compute.Ops.add;
import static seqmark.compute.Ops.concat;
import static seqmark.compute.Ops.fill;
import static seqmark.compute.Ops.multiply;
import static seqmark.compute.Ops.slice;

import java.util.Arrays;
import java.util.function.IntFunction;
import seqmark.compute.Graph;
import seqmark.compute.Value;
import seqmark.nn.Source;
import seqmark.nn.Tokens;
import seqmark.nn.layer.Embedding;

/**
 * A few tokens in a row as one vector: the sum of theirs, each weighed element by element according
 * to how far back it is. It starts as the nearest token alone.
 *
 * @param weights {@code [context, E]}, the nearest token's first
 */
record Window(Value weights) {
  static Window of(Graph g, String name, Form form) {
    return new Window(
        g.parameter(
            name,
            (values, random) -> Arrays.fill(values, 0, form.width(), 1),
            form.context(),
            form.width()));
  }

  /**
   * The sum.
   *
   * @param back gives the vectors {@code [B, T, E]} of the tokens that many places back, from 0
   */
  Value sum(IntFunction<Value> back) {
    Value sum = weighed(back.apply(0), 0);
    for (int i = 1; i < weights.shape().dim(0); i++) {
      sum = add(sum, weighed(back.apply(i), i));
    }
    return sum; // [B, T, E]
  }

  private Value weighed(Value vectors, int back) {
    return Embedding.each(vectors, v -> multiply(v, slice(weights, 0, back, back + 1)));
  }

  /** {@code x [B, T, ...]} some columns later, with {@link Tokens#PAD} in the first. */
  static Value later(Value x, int columns) {
    int length = x.shape().dim(1);
    int lost = Math.min(columns, length);
    if (lost == 0) {
      return x;
    }
    Value first = fill(x.graph(), Tokens.PAD, x.shape().with(1, lost));
    return lost == length ? first : concat(1, first, slice(x, 1, 0, length - lost));
  }

  /** A source some columns later. */
  static Source later(Source source, int columns) {
    return new Source(
        later(source.tokens(), columns),
        source.mask(),
        source.features().map(f -> later(f, columns)));
  }
}
