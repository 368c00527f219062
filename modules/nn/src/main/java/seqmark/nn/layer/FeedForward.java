package seqmark.nn.layer;

import java.util.Locale;
import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Ops;
import seqmark.compute.Value;

/**
 * The position-wise feed-forward net of Vaswani et al. 2017, section 3.3: two linear maps with a
 * nonlinearity in between.
 *
 * @param in {@code [E, F]}
 * @param out {@code [F, E]}
 * @param activation the nonlinearity
 */
public record FeedForward(Linear in, Linear out, Activation activation) {
  /** The nonlinearity. */
  public enum Activation {
    /** As in Vaswani et al. 2017. */
    RELU,
    /** As in GPT and BERT. */
    GELU;

    /** The name in configs. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }

    Value apply(Value x) {
      return this == RELU ? Ops.relu(x) : Ops.gelu(x);
    }
  }

  /**
   * A net with a hidden layer of {@code hidden}; weights start as Glorot and Bengio 2010 say.
   *
   * @param outScale what the second map's start is multiplied with
   */
  public static FeedForward of(
      Graph g, String name, int width, int hidden, Activation activation, double outScale) {
    Init zero = Init.constant(0);
    return new FeedForward(
        Linear.of(g, name + ".in", width, hidden, Init.xavier(width, hidden), zero),
        Linear.of(g, name + ".out", hidden, width, Init.xavier(width, hidden, outScale), zero),
        activation);
  }

  /** {@code x [..., E]} to {@code [..., E]}. */
  public Value apply(Value x) {
    return out.apply(activation.apply(in.apply(x)));
  }
}
