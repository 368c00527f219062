package seqmark.model.attention;

import static seqmark.compute.Ops.affine;
import static seqmark.compute.Ops.attentionWindow;
import static seqmark.compute.Ops.exp;
import static seqmark.compute.Ops.multiply;
import static seqmark.compute.Ops.range;
import static seqmark.compute.Ops.sigmoid;
import static seqmark.compute.Ops.softmax;
import static seqmark.compute.Ops.subtract;
import static seqmark.compute.Ops.sumTo;
import static seqmark.compute.Ops.tanh;

import seqmark.compute.Graph;
import seqmark.compute.Shape;
import seqmark.compute.Value;
import seqmark.nn.layer.Linear;

/** From scores to weights, within a window of the source: sections 3.1 and 3.2. */
@FunctionalInterface
interface LuongWindow {
  /**
   * Weights {@code [B, S]}.
   *
   * @param scores {@code [B, S]}
   * @param state {@code [B, H]}
   * @param position of the target token {@code [B, 1]}, counted from 0; null unless local-m
   */
  Value weights(Value scores, Value state, Value position);

  /** The window over sources with a mask {@code [B, S]}. */
  static LuongWindow of(Graph g, LuongConfig config, Value mask) {
    int radius = config.radius();
    return switch (config.window()) {
      case GLOBAL -> (scores, state, position) -> softmax(scores, mask);
      case LOCAL_M ->
          (scores, state, position) -> softmax(scores, attentionWindow(position, mask, radius));
      case LOCAL_P -> predictive(g, config, mask);
    };
  }

  /** Equations 9 and 10: a centre learnt from the state, and a Gaussian around it. */
  private static LuongWindow predictive(Graph g, LuongConfig config, Value mask) {
    int hidden = config.hidden();
    int radius = config.radius();
    Linear inner = Linear.unbiased(g, "attention.centre.inner", hidden, hidden);
    Linear outer = Linear.unbiased(g, "attention.centre.outer", hidden, 1);
    Value lengths = sumTo(mask, Shape.of(mask.shape().dim(0), 1)); // [B, 1]
    Value positions = range(g, mask.shape().dim(1)); // [S]
    double deviation = radius / 2.0;
    return (scores, state, position) -> {
      Value share = sigmoid(outer.apply(tanh(inner.apply(state)))); // [B, 1]
      Value centre = multiply(share, lengths); // [B, 1]
      Value align = softmax(scores, attentionWindow(centre, mask, radius)); // [B, S]
      Value distance = subtract(positions, centre); // [B, S]
      Value exponent = affine(multiply(distance, distance), -0.5 / (deviation * deviation), 0);
      return multiply(align, exp(exponent)); // [B, S]
    };
  }
}
