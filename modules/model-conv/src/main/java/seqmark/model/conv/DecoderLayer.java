package seqmark.model.conv;

import static seqmark.compute.Ops.reshape;

import seqmark.compute.Graph;
import seqmark.compute.Ops;
import seqmark.compute.Shape;
import seqmark.compute.Value;
import seqmark.nn.layer.GatedConvolution;
import seqmark.nn.layer.Linear;
import seqmark.nn.layer.Window;

/**
 * A causal convolution and a look at the source: sections 3.2 and 3.3.
 *
 * @param convolution of the layer's inputs
 * @param query {@code [H, E]}, of what the convolution makes
 * @param context {@code [E, H]}, of what is found
 * @param dropout the rate on what the convolution reads
 */
record DecoderLayer(GatedConvolution convolution, Linear query, Linear context, double dropout) {
  static DecoderLayer of(Graph g, String name, ConvSeq2SeqConfig c) {
    Window window = new Window(c.kernel(), 1, true);
    return new DecoderLayer(
        Variance.convolution(g, name, window, c.hidden(), c.dropout()),
        Variance.linear(g, name + ".query", c.hidden(), c.embedding()),
        Variance.linear(g, name + ".context", c.embedding(), c.hidden()),
        c.dropout());
  }

  /**
   * What one step leaves.
   *
   * @param result {@code [B, 1, H]}
   * @param attention where it looked, {@code [B, S]}
   */
  record Turn(Value result, Value attention) {}

  /**
   * All positions at once.
   *
   * @param x {@code [B, T, H]}
   * @param embedded the tokens read there {@code [B, T, E]}
   * @return {@code [B, T, H]}
   */
  Value apply(Value x, Value embedded, Memory memory) {
    Value made = convolution.apply(Ops.dropout(x, dropout)); // [B, T, H]
    return join(x, made, memory.find(ask(made, embedded)));
  }

  /**
   * One position.
   *
   * @param x {@code [B, 1, H]}
   * @param past the inputs before it {@code [B, K - 1, H]}
   * @param embedded the token read there {@code [B, 1, E]}
   */
  Turn step(Value x, Value past, Value embedded, Memory memory) {
    Value made = convolution.next(past, x); // [B, 1, H]
    Shape one = embedded.shape(); // [B, 1, E]
    Value weights = memory.weights(reshape(ask(made, embedded), one.dim(0), one.dim(2))); // [B, S]
    return new Turn(join(x, made, reshape(memory.at(weights), one)), weights);
  }

  /** Equation 1: the decoder's summary of a position. */
  private Value ask(Value made, Value embedded) {
    return Variance.sum(query.apply(made), embedded);
  }

  private Value join(Value x, Value made, Value found) {
    return Variance.sum(Variance.sum(context.apply(found), made), x);
  }
}
