package seqmark.nn.layer;

import static seqmark.compute.Ops.concat;
import static seqmark.compute.Ops.gated;
import static seqmark.compute.Ops.multiply;
import static seqmark.compute.Ops.sigmoid;
import static seqmark.compute.Ops.split;
import static seqmark.compute.Ops.tanh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Value;
import seqmark.compute.op.Gate;

/**
 * A convolution over time whose result is let through by gates that are a convolution themselves.
 *
 * @param window what each position sees
 * @param content {@code [K * D, N]}: taps from the earliest to the latest
 * @param gate {@code [K * D, N]}
 * @param form what becomes of the content
 */
public record GatedConvolution(Window window, Linear content, Linear gate, Gate.Form form) {
  /**
   * A gated convolution whose biases start at 0.
   *
   * @param in D
   * @param out N
   * @param weights how both weights start
   */
  public static GatedConvolution of(
      Graph g, String name, Window window, int in, int out, Gate.Form form, Init weights) {
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
    Value seen = window.over(x); // [B, T, K * D]
    return Linear.areMany(x) ? gated(Linear.joined(content, gate).apply(seen), form) : apart(seen);
  }

  /** Of few positions: to put content and gate side by side would take longer than the rest. */
  private Value apart(Value seen) {
    Value made = content.apply(seen);
    return multiply(form == Gate.Form.TANH ? tanh(made) : made, sigmoid(gate.apply(seen)));
  }

  /**
   * Weights by which each position is mapped before {@link #gather}: where filters are few, what
   * they make is narrower than what they see. The latest tap comes first, of each the content, then
   * the gate.
   *
   * @param widths of the parts D_i that vectors are in
   * @return for each part {@code K * 2} weights {@code [D_i, N]}
   */
  public List<List<Value>> taps(int... widths) {
    int kernel = window.kernel();
    int[] rows = new int[kernel * widths.length];
    Arrays.setAll(rows, i -> widths[i % widths.length]);
    List<Value> contents = split(content.weight(), 0, rows);
    List<Value> gates = split(gate.weight(), 0, rows);
    List<List<Value>> taps = new ArrayList<>();
    for (int part = 0; part < widths.length; part++) {
      List<Value> weights = new ArrayList<>();
      for (int k = kernel - 1; k >= 0; k--) {
        weights.add(contents.get(k * widths.length + part));
        weights.add(gates.get(k * widths.length + part));
      }
      taps.add(weights);
    }
    return taps;
  }

  /**
   * {@link #apply} to vectors that have been mapped, where a mask is not 0; elsewhere 0.
   *
   * @param mapped the sum over parts of vectors times {@link #taps}, {@code [B, T, K * 2 N]}
   * @param mask {@code [B, T]}
   * @return {@code [B, T, N]}
   */
  public Value gather(Value mapped, Value mask) {
    Value bias = concat(0, content.bias().orElseThrow(), gate.bias().orElseThrow());
    return gated(window.sum(mapped, bias), form, mask);
  }

  /**
   * {@code x [B, 1, D]} behind a past, of which {@link Window#next} says more: {@code [B, 1, N]}.
   */
  public Value next(Value past, Value x) {
    return apart(window.next(past, x));
  }
}
