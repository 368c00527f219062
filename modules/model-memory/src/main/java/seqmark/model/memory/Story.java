package seqmark.model.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import seqmark.compute.Ops;
import seqmark.compute.Value;
import seqmark.nn.State;

/**
 * What is kept of a source.
 *
 * @param mask {@code [B, M]}: 0 for slots that are no memories
 * @param question {@code [B, E]}
 * @param memories {@code [B, M, E]} by each {@link Matrix}
 * @param shares {@code [B, M, S]}: the share of each token in its slot, unless slots are tokens
 */
record Story(Value mask, Value question, List<Value> memories, Optional<Value> shares) {
  static Story of(State state, Form form) {
    List<Value> m = state.memory();
    int last = form.sentences() ? m.size() - 1 : m.size();
    return new Story(
        m.get(0),
        m.get(1),
        m.subList(2, last),
        form.sentences() ? Optional.of(m.getLast()) : Optional.empty());
  }

  /** The story as a state keeps it. */
  List<Value> memory() {
    List<Value> memory = new ArrayList<>(List.of(mask, question));
    memory.addAll(memories);
    shares.ifPresent(memory::add);
    return memory;
  }

  /** Weights {@code [B, M]} of slots, spread evenly over their tokens: {@code [B, S]}. */
  Value spread(Value weights) {
    return shares.map(s -> Ops.attentionMix(weights, s)).orElse(weights);
  }
}
