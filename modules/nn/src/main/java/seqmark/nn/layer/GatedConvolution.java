package seqmark.nn.layer;

import static seqmark.compute.Ops.add;
import static seqmark.compute.Ops.concat;
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
    Value seen = window.over(x); // [B, T, K * D]
    return gated(content.apply(seen), gate.apply(seen));
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
   * {@link #apply} to vectors that have been mapped.
   *
   * @param mapped the sum over parts of vectors times {@link #taps}, {@code [B, T, K * 2 N]}
   * @return {@code [B, T, N]}
   */
  public Value gather(Value mapped) {
    int width = content.weight().shape().dim(1);
    Value bias = concat(0, content.bias().orElseThrow(), gate.bias().orElseThrow());
    List<Value> both = split(add(window.sum(mapped), bias), 2, width, width);
    return gated(both.getFirst(), both.getLast());
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
