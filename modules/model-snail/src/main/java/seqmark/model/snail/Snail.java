package seqmark.model.snail;

import static seqmark.compute.Ops.reshape;

import java.util.Optional;
import seqmark.compute.Graph;
import seqmark.compute.Ops;
import seqmark.compute.Value;
import seqmark.nn.Batch;
import seqmark.nn.Labeller;
import seqmark.nn.Problem;
import seqmark.nn.Source;
import seqmark.nn.State;
import seqmark.nn.Step;
import seqmark.nn.layer.Embedding;
import seqmark.nn.layer.Linear;
import seqmark.nn.layer.Stream;

/**
 * A simple neural attentive meta-learner (Mishra, Rohaninejad, Chen and Abbeel 2017): causal
 * convolutions gather the past, causal attention picks from it, and every block appends to what it
 * was given. Source and target are one sequence; the loss is on the target.
 *
 * <p>As in the paper: the blocks of section 3, in the arrangement and the proportions of its
 * few-shot classifiers. Otherwise: dilations begin at 1, as its figure 2 shows them, for then no
 * position is left out; dropout; weights start as Glorot and Bengio 2010 say.
 *
 * @param config the settings
 * @param problem the task's extents
 */
public record Snail(SnailConfig config, Problem problem) implements Labeller {
  private Stream.Vectors vectors(Graph g) {
    return Stream.Vectors.of(g, problem, config.embedding(), Embedding.RECURRENT);
  }

  private Blocks blocks(Graph g) {
    return Blocks.of(g, config, problem.maxSourceLength() + capacity());
  }

  /** Inputs behind the source: the target behind a start token. */
  private int capacity() {
    return problem.maxTargetLength() + 1;
  }

  private Linear output(Graph g, Blocks blocks) {
    return Linear.of(g, "output", blocks.width(), problem.targetVocabulary());
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
    Blocks blocks = blocks(g);
    Value x = Ops.dropout(stream.embedded(), config.dropout()); // [B, L, E]
    for (Block block : blocks.belowTop()) {
      x = block.apply(x, stream.mask()); // [B, L, D]
    }
    return output(g, blocks).apply(blocks.top().answer(x, stream)); // [B, T, V]
  }

  @Override
  public State begin(Graph g, Source source) {
    Stream stream = vectors(g).source(source);
    Reading reading = new Reading(stream.mask(), capacity());
    Value x = Ops.dropout(stream.embedded(), config.dropout()); // [B, S, E]
    Blocks blocks = blocks(g);
    for (Block block : blocks.all()) {
      x = block.read(x, reading); // [B, S, D]
    }
    return reading.state(x, blocks.longest());
  }

  @Override
  public Step step(Graph g, State state, Value token) {
    int batch = token.shape().dim(0);
    Writing writing = new Writing(state, capacity());
    Blocks blocks = blocks(g);
    Value x = reshape(vectors(g).token(token), batch, 1, config.embedding());
    for (Block block : blocks.all()) {
      x = block.write(x, writing); // [B, 1, D]
    }
    Value logits = output(g, blocks).apply(reshape(x, batch, blocks.width())); // [B, V]
    return new Step(logits, writing.next(x, blocks.longest()), Optional.empty());
  }
}
