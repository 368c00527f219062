package seqmark.nn.layer;

import static seqmark.compute.Ops.concat;
import static seqmark.compute.Ops.slice;
import static seqmark.compute.Ops.zeros;

import seqmark.compute.Ops;
import seqmark.compute.Value;
import seqmark.compute.op.Unfolding.Kernel;

/**
 * The positions that a convolution over time sees at each position.
 *
 * @param kernel K, how many
 * @param dilation from one to the next
 * @param causal whether the last is the position itself; otherwise the middle one is
 */
public record Window(int kernel, int dilation, boolean causal) {
  /** Checks that there is more than one position and, unless causal, a middle one. */
  public Window {
    if (kernel < 2 || dilation < 1 || !causal && kernel % 2 == 0) {
      throw new IllegalArgumentException(
          "window: expected a kernel of at least 2, odd unless causal, and a dilation of at least"
              + " 1, found kernel %d, dilation %d".formatted(kernel, dilation));
    }
  }

  /** How many positions before its own a causal window reaches back. */
  public int history() {
    return (kernel - 1) * dilation;
  }

  /**
   * What each position of {@code x [B, T, D]} sees, side by side: {@code [B, T, K * D]}, with zeros
   * for what is outside.
   */
  public Value over(Value x) {
    return Ops.unfold(x, new Kernel(kernel, dilation, before()));
  }

  /**
   * The sum of what each position sees, where every tap has made something of every position
   * before: {@code made [B, T, K * N]}, the part of the latest tap first, and a bias {@code [N]}
   * give {@code [B, T, N]}.
   */
  public Value sum(Value made, Value bias) {
    // What a tap sees d positions back counts d positions further on: the same window, mirrored.
    return Ops.fold(made, new Kernel(kernel, dilation, history() - before()), bias);
  }

  private int before() {
    return causal ? history() : history() / 2;
  }

  /** The end of {@code x [B, T, D]}, as generation carries it: {@code [B, history, D]}. */
  public Value past(Value x) {
    int length = x.shape().dim(1);
    int missing = history() - length;
    return missing > 0
        ? concat(1, zeros(x.graph(), x.shape().with(1, missing).toArray()), x)
        : slice(x, 1, -missing, length);
  }

  /**
   * What {@code x [B, 1, D]} sees of itself and of its past: {@code [B, 1, K * D]}.
   *
   * @param past {@code [B, H, D]} with H at least {@link #history}; of wider vectors the first D
   *     elements count
   */
  public Value next(Value past, Value x) {
    int width = x.shape().dim(2);
    Value[] seen = new Value[kernel];
    seen[kernel - 1] = x;
    for (int k = 0; k < kernel - 1; k++) {
      int at = past.shape().dim(1) - (kernel - 1 - k) * dilation;
      Value before = slice(past, 1, at, at + 1); // [B, 1, D or more]
      seen[k] = past.shape().dim(2) == width ? before : slice(before, 2, 0, width);
    }
    return concat(2, seen);
  }
}
