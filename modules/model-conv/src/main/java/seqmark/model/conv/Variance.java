package seqmark.model.conv;

import static seqmark.compute.Ops.add;
import static seqmark.compute.Ops.affine;

import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Value;
import seqmark.compute.op.Gate;
import seqmark.nn.layer.GatedConvolution;
import seqmark.nn.layer.Linear;
import seqmark.nn.layer.Window;

/**
 * How vectors keep their variance on the way through the net (Gehring et al. 2017, sections 3.4 and
 * 3.5 and appendix A).
 */
final class Variance {
  /** Of a sum of two values of equal variance, what brings it back to theirs. */
  private static final double OF_SUM = Math.sqrt(0.5);

  /** How embeddings start. */
  static final Init EMBEDDING = Init.normal(0.1);

  private Variance() {}

  /** The sum of two values, scaled. */
  static Value sum(Value a, Value b) {
    return affine(add(a, b), OF_SUM, 0);
  }

  /** A linear map of values as they are. */
  static Linear linear(Graph g, String name, int in, int out) {
    return linear(g, name, in, out, 0);
  }

  /** A linear map of values behind dropout, which scales up what it keeps. */
  static Linear linear(Graph g, String name, int in, int out, double dropout) {
    Init weights = Init.normal(Math.sqrt((1 - dropout) / in));
    return Linear.of(g, name, in, out, weights, Init.constant(0));
  }

  /** A convolution of values behind dropout; its gates leave about a quarter of the variance. */
  static GatedConvolution convolution(
      Graph g, String name, Window window, int width, double dropout) {
    Init weights = Init.normal(Math.sqrt(4 * (1 - dropout) / (window.kernel() * width)));
    return GatedConvolution.of(g, name, window, width, width, Gate.Form.LINEAR, weights);
  }
}
