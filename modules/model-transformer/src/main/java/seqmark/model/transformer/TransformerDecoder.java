package seqmark.model.transformer;

import static seqmark.compute.Ops.reshape;
import static seqmark.compute.Ops.sumTo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import seqmark.compute.Graph;
import seqmark.compute.Shape;
import seqmark.compute.Value;
import seqmark.nn.Batch;
import seqmark.nn.Labeller;
import seqmark.nn.Problem;
import seqmark.nn.Source;
import seqmark.nn.State;
import seqmark.nn.Step;
import seqmark.nn.layer.Linear;
import seqmark.nn.layer.MultiHeadAttention.Keys;
import seqmark.nn.layer.Stream;

/**
 * The decoder alone (GPT: Radford et al. 2018 and 2019): source and target are one sequence, of
 * which every position sees those before it; the loss is on the target.
 *
 * <p>As in the papers: learned positions, GELU, norms before sub-layers (2019). Otherwise: no
 * biases in attention, embeddings start standard normal, and the output layer has weights of its
 * own.
 *
 * @param config the settings
 * @param problem the task's extents
 */
public record TransformerDecoder(TransformerConfig config, Problem problem) implements Labeller {
  private Stream.Vectors vectors(Graph g) {
    return Stream.Vectors.of(g, problem, config.width(), Stack.EMBEDDING);
  }

  private Stack stack(Graph g) {
    int length = problem.maxSourceLength() + capacity();
    return Stack.of(g, "decoder", new Stack.Form(config, true, false, length));
  }

  private Linear output(Graph g) {
    return Linear.of(g, "output", config.width(), problem.targetVocabulary());
  }

  /** Inputs behind the source: the target behind a start token. */
  private int capacity() {
    return problem.maxTargetLength() + 1;
  }

  @Override
  public Value logits(Graph g, Batch batch) {
    return logits(g, vectors(g).join(batch)); // [B, T, V]
  }

  @Override
  public Value labels(Graph g, Source source) {
    return logits(g, vectors(g).alone(source)); // [B, S, V]
  }

  private Value logits(Graph g, Stream stream) {
    Value top = stack(g).apply(stream.embedded(), stream.mask(), stream.positions());
    return output(g).apply(stream.input(top));
  }

  @Override
  public State begin(Graph g, Source source) {
    Stream stream = vectors(g).source(source);
    List<Keys> layers = new ArrayList<>();
    stack(g)
        .apply(
            stream.embedded(),
            stream.mask(),
            stream.positions(),
            (layer, fresh) -> {
              layers.add(fresh);
              return fresh;
            });
    return new State(
        new SourceKeys(layers).memory(), Writing.start(g, source.batch(), capacity(), config));
  }

  @Override
  public Step step(Graph g, State state, Value token) {
    int batch = token.shape().dim(0);
    SourceKeys source = SourceKeys.of(state);
    Value end = sumTo(source.mask(), Shape.of(batch, 1)); // [B, 1]
    Writing writing = new Writing(state, capacity(), end);
    Value x = reshape(vectors(g).token(token), batch, 1, config.width());
    Value top =
        stack(g)
            .apply(
                x,
                writing.mask(),
                writing.at(),
                (layer, fresh) -> source.layer(layer).then(writing.write(layer, fresh)));
    Value logits = output(g).apply(reshape(top, batch, config.width())); // [B, V]
    return new Step(logits, state.with(writing.carry()), Optional.empty());
  }
}
