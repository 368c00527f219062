package seqmark.model.transformer;

import static seqmark.compute.Ops.broadcast;
import static seqmark.compute.Ops.fill;
import static seqmark.compute.Ops.range;
import static seqmark.compute.Ops.reshape;
import static seqmark.compute.Ops.zeros;

import java.util.Optional;
import seqmark.compute.Graph;
import seqmark.compute.Shape;
import seqmark.compute.Value;
import seqmark.nn.Batch;
import seqmark.nn.Problem;
import seqmark.nn.SequenceModel;
import seqmark.nn.Source;
import seqmark.nn.State;
import seqmark.nn.Step;
import seqmark.nn.layer.Embedding;
import seqmark.nn.layer.Linear;
import seqmark.nn.layer.MultiHeadAttention;
import seqmark.nn.layer.MultiHeadAttention.Keys;
import seqmark.nn.layer.SourceEmbedding;

/**
 * The Transformer (Vaswani et al. 2017): an encoder whose positions all see each other, and a
 * decoder that sees what it has written and, in every layer, the encoder's result.
 *
 * <p>As in the paper: the order of sub-layers, scaled dot products, no biases in attention,
 * sinusoids, dropout on embeddings and sub-layers, one table of embeddings for source and target
 * where both have the same symbols. Otherwise: embeddings start standard normal, which the paper
 * reaches by a factor of {@code sqrt(E)}; the output layer has weights of its own; label smoothing
 * and schedule are the experiment's business.
 *
 * @param config the settings
 * @param problem the task's extents
 */
public record Transformer(TransformerConfig config, Problem problem) implements SequenceModel {
  /** The decoder and the layers around it. */
  private record Decoder(Embedding embedding, Stack stack, Linear output) {}

  private SourceEmbedding sourceEmbedding(Graph g) {
    return SourceEmbedding.of(g, "encoder.embedding", problem, config.width(), Stack.EMBEDDING);
  }

  private Decoder decoder(Graph g) {
    Embedding embedding =
        problem.shared()
            ? sourceEmbedding(g).tokens()
            : Embedding.of(
                g,
                "decoder.embedding",
                problem.targetVocabulary(),
                config.width(),
                Stack.EMBEDDING);
    return new Decoder(
        embedding,
        Stack.of(g, "decoder", new Stack.Form(config, true, true, capacity())),
        Linear.of(g, "output", config.width(), problem.targetVocabulary()));
  }

  /** Inputs of the decoder: the target behind a start token. */
  private int capacity() {
    return problem.maxTargetLength() + 1;
  }

  /** What each layer of the decoder attends to in a source. */
  private SourceKeys read(Graph g, Source source) {
    Value at = broadcast(range(g, source.length()), source.mask().shape()); // [B, S]
    Stack.Form form = new Stack.Form(config, false, false, problem.maxSourceLength());
    Value x = sourceEmbedding(g).apply(source); // [B, S, E]
    Value encoded = Stack.of(g, "encoder", form).apply(x, source.mask(), at); // [B, S, E]
    return new SourceKeys(
        decoder(g).stack().blocks().stream()
            .map(block -> block.cross().orElseThrow().read(encoded, source.mask(), at))
            .toList());
  }

  @Override
  public Value logits(Graph g, Batch batch) {
    SourceKeys memory = read(g, batch.source());
    Decoder decoder = decoder(g);
    Shape extents = batch.input().shape(); // [B, T]
    Value x = decoder.embedding().apply(batch.input()); // [B, T, E]
    Value at = broadcast(range(g, batch.targetLength()), extents);
    Value ones = fill(g, 1, extents);
    Value top =
        decoder
            .stack()
            .apply(x, ones, at, (layer, fresh) -> fresh, (layer, asking) -> memory.layer(layer));
    return decoder.output().apply(top); // [B, T, V]
  }

  @Override
  public State begin(Graph g, Source source) {
    return new State(
        read(g, source).memory(), Writing.start(g, source.batch(), capacity(), config));
  }

  @Override
  public Step step(Graph g, State state, Value token) {
    Decoder decoder = decoder(g);
    int batch = token.shape().dim(0);
    Value x = reshape(decoder.embedding().apply(token), batch, 1, config.width());
    Writing writing = new Writing(state, capacity(), zeros(g, batch, 1));
    Reading reading = new Reading(decoder.stack(), SourceKeys.of(state));
    Value top =
        decoder.stack().apply(x, writing.mask(), writing.at(), writing::write, reading::keys);
    Value logits = decoder.output().apply(reshape(top, batch, config.width())); // [B, V]
    return new Step(logits, state.with(writing.carry()), Optional.of(reading.attention));
  }

  /** The source as one step of the decoder sees it; notes where the last layer looks. */
  private static final class Reading {
    private final Stack stack;
    private final SourceKeys source;
    private Value attention;

    Reading(Stack stack, SourceKeys source) {
      this.stack = stack;
      this.source = source;
    }

    Keys keys(int layer, Value asking) {
      Keys keys = source.layer(layer);
      if (layer == stack.blocks().size() - 1) {
        MultiHeadAttention cross = stack.blocks().get(layer).cross().orElseThrow();
        attention = cross.weights(asking, keys); // [B, S]
      }
      return keys;
    }
  }
}
