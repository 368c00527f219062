package seqmark.nn.layer;

import static seqmark.compute.Ops.gated;
import static seqmark.compute.Ops.split;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Value;
import seqmark.compute.op.Gate;

/**
 * A convolution over time whose result is let through by gates that are a convolution themselves:
 * its columns are those of the content and behind them those of the gates (Gehring et al. 2017,
 * section 3.2).
 *
 * @param window what each position sees
 * @param map {@code [K * D, 2 N]}: taps from the earliest to the latest
 * @param form what becomes of the content
 */
public record GatedConvolution(Window window, Linear map, Gate.Form form) {
  /**
   * A gated convolution whose biases start at 0.
   *
   * @param in D
   * @param out N
   * @param weights how weights start
   */
  public static GatedConvolution of(
      Graph g, String name, Window window, int in, int out, Gate.Form form, Init weights) {
    Linear map = Linear.of(g, name, window.kernel() * in, 2 * out, weights, Init.constant(0));
    return new GatedConvolution(window, map, form);
  }

  /** {@code x [B, T, D]} to {@code [B, T, N]}. */
  public Value apply(Value x) {
    return gated(map.apply(window.over(x)), form);
  }

  /** {@link #apply(Value)} where mask {@code [B, T]} is not 0; elsewhere 0. */
  public Value apply(Value x, Value mask) {
    return gated(map.apply(window.over(x)), form, mask);
  }

  /**
   * Weights by which each position is mapped before {@link #gather}: where filters are few, what
   * they make is narrower than what they see. The latest tap comes first.
   *
   * @param widths of the parts D_i that vectors are in
   * @return for each part K weights {@code [D_i, 2 N]}
   */
  public List<List<Value>> taps(int... widths) {
    int kernel = window.kernel();
    int[] rows = new int[kernel * widths.length];
    Arrays.setAll(rows, i -> widths[i % widths.length]);
    List<Value> weights = split(map.weight(), 0, rows);
    List<List<Value>> taps = new ArrayList<>();
    for (int part = 0; part < widths.length; part++) {
      List<Value> own = new ArrayList<>();
      for (int k = kernel - 1; k >= 0; k--) {
        own.add(weights.get(k * widths.length + part));
      }
      taps.add(own);
    }
    return taps;
  }

  /**
   * {@link #apply(Value, Value)} to vectors that have been mapped.
   *
   * @param mapped the sum over parts of vectors times {@link #taps}, {@code [B, T, K * 2 N]}
   * @param mask {@code [B, T]}
   * @return {@code [B, T, N]}
   */
  public Value gather(Value mapped, Value mask) {
    return gated(window.sum(mapped, map.bias().orElseThrow()), form, mask);
  }

  /**
   * {@code x [B, 1, D]} behind a past, of which {@link Window#next} says more: {@code [B, 1, N]}.
   */
  public Value next(Value past, Value x) {
    return gated(map.apply(window.next(past, x)), form);
  }
}
