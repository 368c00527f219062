package seqmark.model.attention;

import static seqmark.compute.Ops.attentionDot;
import static seqmark.compute.Ops.dense;
import static seqmark.compute.Ops.slice;

import java.util.List;
import java.util.Optional;
import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Value;
import seqmark.nn.layer.Linear;

/** Scores {@code [B, S]} of all source positions for a state {@code [B, H]}: equation 8. */
@FunctionalInterface
interface LuongScore {
  Value apply(Value state);

  /** What is computed of the encoder's outputs {@code [B, S, H]} once: {@code [B, S, A]}. */
  static Optional<Value> keys(Graph g, LuongConfig.Score score, Value outputs) {
    int hidden = outputs.shape().dim(-1);
    return switch (score) {
      case DOT, LOCATION -> Optional.empty();
      case GENERAL ->
          Optional.of(Linear.unbiased(g, "attention.key", hidden, hidden).apply(outputs));
      case CONCAT -> Optional.of(Linear.of(g, "attention.key", hidden, hidden).apply(outputs));
    };
  }

  /**
   * The score over a memory.
   *
   * @param longest the longest source of the task, for which {@code location} has weights
   * @throws IllegalArgumentException if the source is longer and the score is {@code location}
   */
  static LuongScore of(Graph g, LuongConfig.Score score, List<Value> memory, int longest) {
    int hidden = memory.getFirst().shape().dim(-1);
    return switch (score) {
      case DOT -> state -> attentionDot(state, memory.getFirst());
      case GENERAL -> state -> attentionDot(state, memory.get(2));
      case CONCAT -> {
        AdditiveScore additive = AdditiveScore.of(g, hidden, hidden);
        yield state -> additive.apply(state, memory.get(2));
      }
      case LOCATION -> location(g, hidden, memory.getFirst().shape().dim(1), longest);
    };
  }

  private static LuongScore location(Graph g, int hidden, int length, int longest) {
    if (length > longest) {
      throw new IllegalArgumentException(
          "luong: score location is built for sources of up to "
              + longest
              + " tokens, found "
              + length
              + ": use another score");
    }
    Init init = Init.uniform(1 / Math.sqrt(hidden));
    Value weight = g.parameter("attention.location", init, hidden, longest);
    Value used = length == longest ? weight : slice(weight, 1, 0, length); // [H, S]
    return state -> dense(state, used);
  }
}
