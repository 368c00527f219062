package seqmark.nn.layer;

import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Ops;
import seqmark.compute.Value;

/**
 * RMS norm (Zhang and Sennrich 2019): vectors at a root mean square of 1, then a learned scale of
 * each element.
 *
 * @param gain {@code [width]}
 */
public record RmsNorm(Value gain) {
  /** A norm that starts with gains of 1. */
  public static RmsNorm of(Graph g, String name, int width) {
    return new RmsNorm(g.parameter(name + ".gain", Init.constant(1), width));
  }

  /** {@code x [..., width]} to the same shape. */
  public Value apply(Value x) {
    return Ops.rmsNorm(x, gain);
  }
}
