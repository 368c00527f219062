package seqmark.nn.layer;

import java.util.Optional;
import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Ops;
import seqmark.compute.Value;

/**
 * A linear map of the last axis, with or without a bias.
 *
 * @param weight {@code [in, out]}
 * @param bias {@code [out]}
 */
public record Linear(Value weight, Optional<Value> bias) {
  /** A map with a bias; weights and bias start uniform in {@code ±1/sqrt(in)}. */
  public static Linear of(Graph g, String name, int in, int out) {
    Init init = Init.uniform(1 / Math.sqrt(in));
    return of(g, name, in, out, init, init);
  }

  /** A map with a bias that starts as told. */
  public static Linear of(Graph g, String name, int in, int out, Init weight, Init bias) {
    return new Linear(
        g.parameter(name + ".weight", weight, in, out),
        Optional.of(g.parameter(name + ".bias", bias, out)));
  }

  /** A map without a bias that starts uniform in {@code ±1/sqrt(in)}. */
  public static Linear unbiased(Graph g, String name, int in, int out) {
    return unbiased(g, name, in, out, Init.uniform(1 / Math.sqrt(in)));
  }

  /** A map without a bias that starts as told. */
  public static Linear unbiased(Graph g, String name, int in, int out, Init weight) {
    return new Linear(g.parameter(name + ".weight", weight, in, out), Optional.empty());
  }

  /** {@code x [..., in]} to {@code [..., out]}. */
  public Value apply(Value x) {
    return bias.map(b -> Ops.dense(x, weight, b)).orElseGet(() -> Ops.dense(x, weight));
  }

  /**
   * {@code x · weight + addend}: one more term of a sum of maps, whose bias is in another term.
   *
   * @param x {@code [..., in]}
   * @param addend {@code [..., out]}
   * @throws IllegalStateException if this map has a bias, which would be lost
   */
  public Value addTo(Value addend, Value x) {
    if (bias.isPresent()) {
      throw new IllegalStateException(
          "linear: " + weight + " is added to another term, expected no bias: use unbiased");
    }
    return Ops.dense(x, weight, addend);
  }
}
