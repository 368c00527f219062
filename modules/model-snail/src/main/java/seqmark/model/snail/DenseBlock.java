package seqmark.model.snail;

import static seqmark.compute.Ops.concat;

import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Ops;
import seqmark.compute.Value;
import seqmark.compute.op.Gate;
import seqmark.nn.layer.GatedConvolution;
import seqmark.nn.layer.Window;

/**
 * A causal convolution of two taps with gates (Mishra et al. 2017, section 3.1, algorithm 1).
 *
 * @param convolution of D to {@code width}
 * @param width how many filters
 * @param dropout the rate on their results
 */
record DenseBlock(GatedConvolution convolution, int width, double dropout) {
  static DenseBlock of(Graph g, String name, int in, int dilation, int filters, double dropout) {
    Window window = new Window(2, dilation, true);
    Init init = Init.xavier(window.kernel() * in, filters);
    return new DenseBlock(
        GatedConvolution.of(g, name, window, in, filters, Gate.Form.TANH, init), filters, dropout);
  }

  /** What the convolution sees. */
  Window window() {
    return convolution.window();
  }

  /** How wide vectors are that have been mapped by {@link GatedConvolution#taps}. */
  int mapped() {
    return 2 * window().kernel() * width;
  }

  /**
   * What vectors become that have been mapped by {@link GatedConvolution#taps}: {@code [B, L,
   * width]}. Biases would make something of padding too.
   */
  Value gather(Value mapped, Value mask) {
    return Ops.dropout(convolution.gather(mapped, mask), dropout);
  }

  /** The next position {@code [B, 1, D]} of a sequence that is being written. */
  Value write(Value x, Writing writing) {
    return concat(2, x, convolution.next(writing.past(), x)); // [B, 1, D + width]
  }
}
