package seqmark.model.transformer;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import seqmark.compute.Graph;
import seqmark.compute.Value;
import seqmark.nn.layer.FeedForward;
import seqmark.nn.layer.MultiHeadAttention;
import seqmark.nn.layer.MultiHeadAttention.Keys;
import seqmark.nn.layer.Positions;
import seqmark.nn.layer.Residual;

/**
 * A layer of a Transformer: self-attention, perhaps attention to a memory, a feed-forward net
 * (Vaswani et al. 2017, figure 1).
 *
 * @param self self-attention
 * @param selfResidual around it
 * @param cross attention to a memory
 * @param crossResidual around it
 * @param feedForward the feed-forward net
 * @param feedForwardResidual around it
 */
record Block(
    MultiHeadAttention self,
    Residual selfResidual,
    Optional<MultiHeadAttention> cross,
    Optional<Residual> crossResidual,
    FeedForward feedForward,
    Residual feedForwardResidual) {
  static Block of(Graph g, String name, Stack.Form form, Positions positions) {
    TransformerConfig c = form.config();
    double scale = form.outScale();
    var self = new MultiHeadAttention.Form(c.width(), c.heads(), c.perHead(), form.causal(), scale);
    var cross = new MultiHeadAttention.Form(c.width(), c.heads(), c.perHead(), false, scale);
    Positions apart = new Positions(Positions.Kind.NONE, Optional.empty());
    return new Block(
        MultiHeadAttention.of(g, name + ".self", self, positions),
        residual(g, name + ".self", c),
        form.cross()
            ? Optional.of(MultiHeadAttention.of(g, name + ".cross", cross, apart))
            : Optional.empty(),
        form.cross() ? Optional.of(residual(g, name + ".cross", c)) : Optional.empty(),
        FeedForward.of(g, name + ".feedForward", c.width(), c.hidden(), c.activation(), scale),
        residual(g, name + ".feedForward", c));
  }

  private static Residual residual(Graph g, String name, TransformerConfig c) {
    return Residual.of(g, name, c.width(), c.norm(), c.dropout());
  }

  /**
   * The layer over its inputs.
   *
   * @param x {@code [B, T, E]}
   * @param mask {@code [B, T]}: 0 for inputs that nobody may see
   * @param at positions {@code [B, T]}
   * @param seen from the keys of x, those that self-attention sees
   * @param memory the keys of the memory, for what queries are made from
   * @return {@code [B, T, E]}
   */
  Value apply(
      Value x, Value mask, Value at, UnaryOperator<Keys> seen, Function<Value, Keys> memory) {
    Value y = selfResidual.around(x, v -> self.within(v, mask, at, seen));
    if (cross.isPresent()) {
      y = crossResidual.orElseThrow().around(y, v -> cross.get().apply(v, at, memory.apply(v)));
    }
    return feedForwardResidual.around(y, feedForward::apply);
  }
}
