package seqmark.model.memory;

import static seqmark.compute.Ops.add;
import static seqmark.compute.Ops.attentionMix;
import static seqmark.compute.Ops.lookup;
import static seqmark.compute.Ops.reshape;

import seqmark.compute.Graph;
import seqmark.compute.Value;
import seqmark.nn.Source;
import seqmark.nn.layer.Stream;

/**
 * The matrix B of the paper and what makes one query per target token of it: the question, the last
 * tokens written, and how many were written.
 *
 * @param words vectors of source and target tokens
 * @param window over the last tokens
 * @param positions {@code [C, E]}: a vector per number of tokens written
 */
record Query(Stream.Vectors words, Window window, Value positions) {
  static Query of(Graph g, Form form, Stream.Vectors words, Window window) {
    Value positions = g.parameter("query.positions", Form.START, form.capacity(), form.width());
    return new Query(words, window, positions);
  }

  /** What a source asks, {@code [B, E]}: its last slot. */
  Value question(Source source, Slots slots) {
    return attentionMix(slots.last(), slots.sum(words.source().apply(source)));
  }

  /** Queries {@code [B, T, E]}, from a question {@code [B, E]}. */
  Value apply(Value question, Written written) {
    int batch = question.shape().dim(0);
    int width = question.shape().dim(1);
    Value last = window.sum(back -> words.target().apply(written.back(back))); // [B, T, E]
    Value placed = add(last, lookup(positions, written.count())); // [B, T, E]
    return add(placed, reshape(question, batch, 1, width));
  }
}
