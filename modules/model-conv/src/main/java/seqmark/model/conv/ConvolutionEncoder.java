package seqmark.model.conv;

import static seqmark.compute.Ops.add;
import static seqmark.compute.Ops.multiply;
import static seqmark.compute.Ops.range;
import static seqmark.compute.Ops.reshape;
import static seqmark.compute.Ops.sqrt;
import static seqmark.compute.Ops.sumTo;

import java.util.List;
import java.util.stream.IntStream;
import seqmark.compute.Graph;
import seqmark.compute.Ops;
import seqmark.compute.Shape;
import seqmark.compute.Value;
import seqmark.nn.Problem;
import seqmark.nn.Source;
import seqmark.nn.layer.Embedding;
import seqmark.nn.layer.GatedConvolution;
import seqmark.nn.layer.Linear;
import seqmark.nn.layer.SourceEmbedding;
import seqmark.nn.layer.Window;

/**
 * The encoder of {@link ConvSeq2Seq}: sections 3.1 and 3.2.
 *
 * @param tokens their vectors, {@code E} wide
 * @param positions vectors of positions
 * @param in {@code [E, H]}
 * @param layers convolutions around each position, from the bottom up
 * @param out {@code [H, E]}
 * @param dropout the rate on embeddings and on what convolutions read
 */
record ConvolutionEncoder(
    SourceEmbedding tokens,
    Embedding positions,
    Linear in,
    List<GatedConvolution> layers,
    Linear out,
    double dropout) {
  static ConvolutionEncoder of(Graph g, ConvSeq2SeqConfig c, Problem problem) {
    Window window = new Window(c.kernel(), 1, false);
    return new ConvolutionEncoder(
        SourceEmbedding.of(g, "encoder.embedding", problem, c.embedding(), Variance.EMBEDDING),
        Embedding.of(
            g, "encoder.positions", problem.maxSourceLength(), c.embedding(), Variance.EMBEDDING),
        Variance.linear(g, "encoder.in", c.embedding(), c.hidden(), c.dropout()),
        IntStream.range(0, c.layers())
            .mapToObj(i -> Variance.convolution(g, "encoder." + i, window, c.hidden(), c.dropout()))
            .toList(),
        Variance.linear(g, "encoder.out", c.hidden(), c.embedding()),
        c.dropout());
  }

  /** What the decoder attends to. */
  Memory apply(Source source) {
    Graph g = source.tokens().graph();
    Value places = positions.apply(range(g, source.length())); // [S, E]
    Value embedded = Ops.dropout(add(tokens.apply(source), places), dropout); // [B, S, E]
    // Convolutions would carry what biases make of padding into the sentence.
    Value mask = source.mask(); // [B, S]
    Value x = multiply(in.apply(embedded), reshape(mask, mask.shape().append(1))); // [B, S, H]
    for (GatedConvolution layer : layers) {
      Value made = layer.apply(Ops.dropout(x, dropout), mask);
      x = Variance.sum(made, x); // [B, S, H]
    }
    Value keys = out.apply(x); // [B, S, E]
    return new Memory(keys, values(keys, embedded, mask), mask);
  }

  /**
   * {@code z + e} of equation 2. A mean of m independent values has one m-th of their variance;
   * section 3.4 makes up for that.
   */
  private static Value values(Value keys, Value embedded, Value mask) {
    int batch = mask.shape().dim(0);
    Value root = sqrt(sumTo(mask, Shape.of(batch, 1))); // [B, 1]
    return multiply(Variance.sum(keys, embedded), reshape(root, batch, 1, 1)); // [B, S, E]
  }
}
