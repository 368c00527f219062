package seqmark.nn.layer;

import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Ops;
import seqmark.compute.Value;

/**
 * Layer norm (Ba, Kiros and Hinton 2016): vectors at mean 0 and variance 1, then a learned scale
 * and shift of each element.
 *
 * @param gain {@code [width]}
 * @param bias {@code [width]}
 */
public record LayerNorm(Value gain, Value bias) {
  /** A norm that starts with gains of 1 and biases of 0. */
  public static LayerNorm of(Graph g, String name, int width) {
    return new LayerNorm(
        g.parameter(name + ".gain", Init.constant(1), width),
        g.parameter(name + ".bias", Init.constant(0), width));
  }

  /** {@code x [..., width]} to the same shape. */
  public Value apply(Value x) {
    return Ops.layerNorm(x, gain, bias);
  }
}
