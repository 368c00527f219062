package seqmark.model.conv;

import static seqmark.compute.Ops.attend;
import static seqmark.compute.Ops.attentionDot;
import static seqmark.compute.Ops.attentionMix;
import static seqmark.compute.Ops.softmax;

import java.util.List;
import seqmark.compute.Value;
import seqmark.compute.op.MultiHead;
import seqmark.nn.State;

/**
 * What the decoder attends to, by the dot products of equation 1.
 *
 * @param keys the encoder's results {@code [B, S, E]}
 * @param values these joined with the source's embeddings {@code [B, S, E]}
 * @param mask {@code [B, S]}
 */
record Memory(Value keys, Value values, Value mask) {
  private static final MultiHead.Attend ATTEND = new MultiHead.Attend(1, 1, false, false);

  static Memory of(State state) {
    List<Value> kept = state.memory();
    return new Memory(kept.get(0), kept.get(1), kept.get(2));
  }

  List<Value> kept() {
    return List.of(keys, values, mask);
  }

  /** What queries {@code [B, T, E]} find: {@code [B, T, E]}. */
  Value find(Value queries) {
    return attend(ATTEND, queries, keys, values, mask);
  }

  /** Where one query {@code [B, E]} looks: {@code [B, S]}. */
  Value weights(Value query) {
    return softmax(attentionDot(query, keys), mask);
  }

  /** What is found there: {@code [B, E]}. */
  Value at(Value weights) {
    return attentionMix(weights, values);
  }
}
