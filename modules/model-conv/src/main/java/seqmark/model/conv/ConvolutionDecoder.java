package seqmark.model.conv;

import static seqmark.compute.Ops.add;
import static seqmark.compute.Ops.affine;
import static seqmark.compute.Ops.concat;
import static seqmark.compute.Ops.range;
import static seqmark.compute.Ops.reshape;
import static seqmark.compute.Ops.zeros;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import seqmark.compute.Graph;
import seqmark.compute.Ops;
import seqmark.compute.Value;
import seqmark.nn.Problem;
import seqmark.nn.State;
import seqmark.nn.Step;
import seqmark.nn.layer.Embedding;
import seqmark.nn.layer.Linear;
import seqmark.nn.layer.Window;

/**
 * The decoder of {@link ConvSeq2Seq}.
 *
 * @param tokens their vectors, {@code E} wide
 * @param positions vectors of positions
 * @param in {@code [E, H]}
 * @param layers from the bottom up
 * @param out {@code [H, E]}
 * @param output {@code [E, V]}
 * @param dropout the rate on embeddings and before the output
 */
record ConvolutionDecoder(
    Embedding tokens,
    Embedding positions,
    Linear in,
    List<DecoderLayer> layers,
    Linear out,
    Linear output,
    double dropout) {
  static ConvolutionDecoder of(Graph g, ConvSeq2SeqConfig c, Problem problem) {
    int width = c.embedding();
    int length = problem.maxTargetLength() + 1; // the target behind a start token
    return new ConvolutionDecoder(
        Embedding.of(g, "decoder.embedding", problem.targetVocabulary(), width, Variance.EMBEDDING),
        Embedding.of(g, "decoder.positions", length, width, Variance.EMBEDDING),
        Variance.linear(g, "decoder.in", width, c.hidden(), c.dropout()),
        IntStream.range(0, c.layers())
            .mapToObj(i -> DecoderLayer.of(g, "decoder." + i, c))
            .toList(),
        Variance.linear(g, "decoder.out", c.hidden(), width),
        Variance.linear(g, "output", width, problem.targetVocabulary(), c.dropout()),
        c.dropout());
  }

  /** Tokens {@code [B, T]} at positions {@code [T]} or {@code [B, T]}: {@code [B, T, E]}. */
  private Value embed(Value ids, Value at) {
    return Ops.dropout(add(tokens.apply(ids), positions.apply(at)), dropout);
  }

  /** {@code x [..., H]} to logits {@code [..., V]}. */
  private Value logits(Value x) {
    return output.apply(Ops.dropout(out.apply(x), dropout));
  }

  /** All steps over known inputs, ids {@code [B, T]}: logits {@code [B, T, V]}. */
  Value force(Value input, Memory memory) {
    Value embedded = embed(input, range(input.graph(), input.shape().dim(1))); // [B, T, E]
    Value x = in.apply(embedded); // [B, T, H]
    for (DecoderLayer layer : layers) {
      x = layer.apply(x, embedded, memory);
    }
    return logits(x);
  }

  /** The number of steps {@code [B, 1]}, then per layer the past of its inputs. */
  List<Value> start(Graph g, int batch) {
    List<Value> carry = new ArrayList<>();
    carry.add(zeros(g, batch, 1));
    for (DecoderLayer layer : layers) {
      int history = layer.convolution().window().history();
      carry.add(zeros(g, batch, history, in.weight().shape().dim(1))); // [B, K - 1, H]
    }
    return carry;
  }

  /** One step, ids {@code [B]}. */
  Step step(State state, Value token) {
    int batch = token.shape().dim(0);
    Memory memory = Memory.of(state);
    Value count = state.carry().getFirst(); // [B, 1]
    Value embedded = embed(reshape(token, batch, 1), count); // [B, 1, E]
    Value[] next = state.carry().toArray(Value[]::new);
    next[0] = affine(count, 1, 1);
    Value x = in.apply(embedded); // [B, 1, H]
    List<Value> attention = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      Window window = layers.get(i).convolution().window();
      Value past = next[i + 1]; // [B, K - 1, H]
      next[i + 1] = window.past(concat(1, past, x));
      DecoderLayer.Turn turn = layers.get(i).step(x, past, embedded, memory);
      x = turn.result();
      attention.add(turn.attention());
    }
    Value top = reshape(x, batch, out.weight().shape().dim(0)); // [B, H]
    return new Step(logits(top), state.with(next), Optional.of(attention.getLast()));
  }
}
