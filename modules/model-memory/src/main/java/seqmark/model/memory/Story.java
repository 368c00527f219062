package seqmark.model.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import seqmark.compute.Ops;
import seqmark.compute.Value;
import seqmark.nn.Source;
import seqmark.nn.State;

/**
 * What is kept of a source.
 *
 * @param mask {@code [B, M]}: 0 for slots that no query reads
 * @param question {@code [B, E]}
 * @param text its tokens: which sentence they are in is found again when it is asked for, because
 *     to keep it would take {@code [B, M, S]}
 * @param memories {@code [B, M, E]} by each {@link Matrix}
 */
record Story(Value mask, Value question, Source text, List<Value> memories) {
  static Story of(State state) {
    List<Value> m = state.memory();
    Source text = new Source(m.get(2), m.get(3), Optional.empty());
    return new Story(m.get(0), m.get(1), text, m.subList(4, m.size()));
  }

  /** The story as a state keeps it. */
  List<Value> memory() {
    List<Value> memory = new ArrayList<>(List.of(mask, question, text.tokens(), text.mask()));
    memory.addAll(memories);
    return memory;
  }

  /** Weights {@code [B, M]} of slots, spread evenly over their tokens: {@code [B, S]}. */
  Value spread(Value weights, Form form) {
    return form.sentences() ? Ops.attentionMix(weights, Slots.shares(text, form)) : weights;
  }
}
