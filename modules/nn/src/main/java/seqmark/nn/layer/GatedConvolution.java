package seqmark.nn.layer;

import static seqmark.compute.Ops.add;
import static seqmark.compute.Ops.concat;
import static seqmark.compute.Ops.multiply;
import static seqmark.compute.Ops.sigmoid;
import static seqmark.compute.Ops.slice;
import static seqmark.compute.Ops.tanh;

import java.util.ArrayList;
import java.util.List;
import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Ops;
import seqmark.compute.Value;

/**
 * A convolution over time whose result is let through by gates that are a convolution themselves.
 *
 * @param window what each position sees
 * @param content {@code [K * D, N]}: taps from the earliest to the latest
 * @param gate {@code [K * D, N]}
 * @param form what becomes of the content
 */
public record GatedConvolution(Window window, Linear content, Linear gate, Form form) {
  /** What becomes of the content before it meets its gate. */
  public enum Form {
    /** Nothing: the gated linear unit (Dauphin et al. 2017, equation 1). */
    LINEAR,
    /** {@code tanh} (van den Oord et al. 2016, WaveNet, equation 2). */
    TANH
  }

  /**
   * A gated convolution whose biases start at 0.
   *
   * @param in D
   * @param out N
   * @param weights how both weights start
   */
  public static GatedConvolution of(
      Graph g, String name, Window window, int in, int out, Form form, Init weights) {
    int seen = window.kernel() * in;
    Init zero = Init.constant(0);
    return new GatedConvolution(
        window,
        Linear.of(g, name + ".content", seen, out, weights, zero),
        Linear.of(g, name + ".gate", seen, out, weights, zero),
        form);
  }

  /** {@code x [B, T, D]} to {@code [B, T, N]}. */
  public Value apply(Value x) {
    int width = content.weight().shape().dim(1);
    if (2 * width > x.shape().dim(2)) {
      Value seen = window.over(x);
      return gated(content.apply(seen), gate.apply(seen));
    }
    Value both = mapped(x); // [B, T, 2 N]
    return gated(slice(both, 2, 0, width), slice(both, 2, width, 2 * width));
  }

  /**
   * Contents and gates side by side, by one product for all taps of which each position's are then
   * gathered: where filters are few, what they make is narrower than what they see.
   */
  private Value mapped(Value x) {
    int in = x.shape().dim(2);
    List<Value> weights = new ArrayList<>();
    for (int k = window.kernel() - 1; k >= 0; k--) {
      weights.add(slice(content.weight(), 0, k * in, (k + 1) * in));
      weights.add(slice(gate.weight(), 0, k * in, (k + 1) * in));
    }
    Value taps = Ops.dense(x, concat(1, weights.toArray(Value[]::new))); // [B, T, K * 2 N]
    Value bias = concat(0, content.bias().orElseThrow(), gate.bias().orElseThrow());
    return add(window.sum(taps), bias);
  }

  /**
   * {@code x [B, 1, D]} behind a past, of which {@link Window#next} says more: {@code [B, 1, N]}.
   */
  public Value next(Value past, Value x) {
    Value seen = window.next(past, x);
    return gated(content.apply(seen), gate.apply(seen));
  }

  private Value gated(Value made, Value gates) {
    return multiply(form == Form.TANH ? tanh(made) : made, sigmoid(gates));
  }
}
