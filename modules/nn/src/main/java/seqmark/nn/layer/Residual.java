package seqmark.nn.layer;

import java.util.Locale;
import java.util.function.UnaryOperator;
import seqmark.compute.Graph;
import seqmark.compute.Ops;
import seqmark.compute.Value;

/**
 * What stands around a sub-layer of a Transformer: a residual connection, dropout and a layer norm.
 *
 * @param norm the layer norm
 * @param place where it stands
 * @param dropout the rate on the sub-layer's result
 */
public record Residual(LayerNorm norm, Place place, double dropout) {
  /** Where the norm stands. */
  public enum Place {
    /** {@code x + f(norm(x))} (GPT-2; Xiong et al. 2020 say why it trains more easily). */
    PRE,
    /** {@code norm(x + f(x))} (Vaswani et al. 2017, section 5.4). */
    POST;

    /** The name in configs. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The connection around a sub-layer of this width. */
  public static Residual of(Graph g, String name, int width, Place place, double dropout) {
    return new Residual(LayerNorm.of(g, name + ".norm", width), place, dropout);
  }

  /** {@code x [..., E]} through a sub-layer: {@code [..., E]}. */
  public Value around(Value x, UnaryOperator<Value> subLayer) {
    return switch (place) {
      case PRE -> Ops.add(Ops.dropout(subLayer.apply(norm.apply(x)), dropout), x);
      case POST -> norm.apply(Ops.add(Ops.dropout(subLayer.apply(x), dropout), x));
    };
  }
}
