package seqmark.model.memory;

import static seqmark.compute.Ops.broadcast;
import static seqmark.compute.Ops.concat;
import static seqmark.compute.Ops.dropout;
import static seqmark.compute.Ops.matmul;
import static seqmark.compute.Ops.reshape;
import static seqmark.compute.Ops.softmax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import seqmark.compute.Shape;
import seqmark.compute.Value;
import seqmark.nn.Source;

/**
 * Queries that read a memory several times (Sukhbaatar et al. 2015, section 2). The memory is the
 * source and, to each query, the target tokens before its last.
 *
 * @param form extents and encodings
 * @param matrices all that memories are made by
 * @param query what queries are made by
 * @param hops from the first
 * @param output logits {@code [B, T, V]} of the last {@code u [B, T, E]}
 */
record Network(
    Form form, List<Matrix> matrices, Query query, List<Hop> hops, UnaryOperator<Value> output) {
  /**
   * One reading.
   *
   * @param keys which matrix makes what the query is compared with
   * @param values which makes what is read
   * @param update the next query, from this one and what it read
   */
  record Hop(int keys, int values, BinaryOperator<Value> update) {}

  /**
   * What comes of queries.
   *
   * @param logits {@code [B, T, V]}
   * @param weights {@code [B, T, M + C]}: where the last hop read
   */
  record Answer(Value logits, Value weights) {}

  Story read(Source source) {
    if (form.temporal() != Temporal.NONE) {
      Form.requireRoom("sources", source.length(), form.problem().maxSourceLength());
    }
    Slots slots = Slots.of(source, form);
    return new Story(
        slots.memories(),
        query.question(source, slots),
        new Source(source.tokens(), source.mask(), Optional.empty()),
        matrices.stream().map(m -> m.source(source, slots)).toList());
  }

  Answer answer(Story story, Written written) {
    Form.requireRoom("inputs", written.ids().shape().dim(1), form.capacity());
    Value u = dropout(query.apply(story.question(), written), form.dropout()); // [B, T, E]
    Value seen = seen(story.mask(), written.before()); // [B, T, M + C]
    List<Value> memories = new ArrayList<>(); // [B, M + C, E]
    for (int i = 0; i < matrices.size(); i++) {
      memories.add(concat(1, story.memories().get(i), matrices.get(i).written(written.ids())));
    }
    List<Value> weights = new ArrayList<>(); // [B, T, M + C]
    for (Hop hop : hops) {
      Value scores = matmul(u, memories.get(hop.keys()), false, true); // [B, T, M + C]
      weights.add(softmax(scores, seen));
      Value found =
          matmul(weights.getLast(), memories.get(hop.values()), false, false); // [B, T, E]
      u = hop.update().apply(u, dropout(found, form.dropout()));
    }
    return new Answer(output.apply(u), weights.getLast());
  }

  private static Value seen(Value mask, Value before) {
    int batch = mask.shape().dim(0);
    int slots = mask.shape().dim(1);
    Value source = reshape(mask, batch, 1, slots);
    return concat(2, broadcast(source, Shape.of(batch, before.shape().dim(1), slots)), before);
  }
}
