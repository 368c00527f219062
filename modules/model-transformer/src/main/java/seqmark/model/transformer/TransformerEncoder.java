package seqmark.model.transformer;

import static seqmark.compute.Ops.add;
import static seqmark.compute.Ops.attentionMix;
import static seqmark.compute.Ops.broadcast;
import static seqmark.compute.Ops.concat;
import static seqmark.compute.Ops.fill;
import static seqmark.compute.Ops.range;
import static seqmark.compute.Ops.slice;

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
import seqmark.nn.layer.Embedding;
import seqmark.nn.layer.KeyValueCache.Cursor;
import seqmark.nn.layer.Linear;
import seqmark.nn.layer.Positions;
import seqmark.nn.layer.SourceEmbedding;

/**
 * The encoder alone (BERT: Devlin et al. 2019). The source is followed by a mask token for every
 * position that a target may have; all see each other, and what stands above the mask tokens
 * predicts the target, every position for itself. Target tokens are never inputs. There are as many
 * mask tokens whatever the batch, so a source always gives the same logits.
 *
 * <p>As in the paper: learned positions, segments, GELU, norms behind sub-layers, masked tokens as
 * what is learned. Otherwise: every target position is masked, in training as in use; both segments
 * count their positions from 0, so that padding between them moves nothing; no biases in attention
 * and no norm on the embeddings, which start standard normal.
 *
 * @param config the settings
 * @param problem the task's extents
 */
public record TransformerEncoder(TransformerConfig config, Problem problem) implements Labeller {
  /**
   * Checks that mask tokens can be told apart.
   *
   * @throws IllegalArgumentException if positions give them no mark of their own
   */
  public TransformerEncoder {
    if (config.positions() == Positions.Kind.NONE || config.positions() == Positions.Kind.ALIBI) {
      throw new IllegalArgumentException(
          "positions: must be sinusoidal, learned or rotary for transformer-encoder, whose mask"
              + " tokens differ in nothing else, found "
              + config.positions());
    }
  }

  /** The target and its end token. */
  private int slots() {
    return problem.maxTargetLength() + 1;
  }

  private Embedding segments(Graph g) {
    return Embedding.of(g, "segments", 2, config.width(), Stack.EMBEDDING);
  }

  /** The source {@code [B, S, E]}, marked as the first segment. */
  private Value read(Graph g, Source source) {
    Value read =
        SourceEmbedding.of(g, "embedding", problem, config.width(), Stack.EMBEDDING).apply(source);
    return add(read, slice(segments(g).table(), 0, 0, 1));
  }

  /** What stands above {@code x [B, L, E]} with positions {@code at [L]}. */
  private Value top(Graph g, Value x, Value mask, Value at) {
    int length = Math.max(problem.maxSourceLength(), slots());
    return Stack.of(g, "encoder", new Stack.Form(config, false, false, length))
        .apply(x, mask, broadcast(at, mask.shape()));
  }

  private Value output(Graph g, Value top) {
    return Linear.of(g, "output", config.width(), problem.targetVocabulary()).apply(top);
  }

  /** The logits {@code [B, M, V]} of all positions that a target may have. */
  private Value all(Graph g, Source source) {
    int batch = source.batch();
    int length = source.length();
    Value read = read(g, source); // [B, S, E]
    Value blank = g.parameter("mask", Stack.EMBEDDING, config.width());
    Value slot = add(blank, slice(segments(g).table(), 0, 1, 2)); // [1, E]
    Value slots = broadcast(slot, Shape.of(batch, slots(), config.width())); // [B, M, E]
    Value mask = concat(1, source.mask(), fill(g, 1, Shape.of(batch, slots())));
    Value at = concat(0, range(g, length), range(g, slots())); // [S + M]
    Value top = top(g, concat(1, read, slots), mask, at); // [B, S + M, E]
    return output(g, slice(top, 1, length, length + slots()));
  }

  /** Logits {@code [B, S, V]} at the source's own positions, each of which sees all others. */
  @Override
  public Value labels(Graph g, Source source) {
    Value at = range(g, source.length()); // [S]
    return output(g, top(g, read(g, source), source.mask(), at));
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if targets are longer than the task said
   */
  @Override
  public Value logits(Graph g, Batch batch) {
    if (batch.targetLength() > slots()) {
      throw new IllegalArgumentException(
          "transformer-encoder: targets of %d tokens with their end, expected at most %d"
              .formatted(batch.targetLength(), slots()));
    }
    return slice(all(g, batch.source()), 1, 0, batch.targetLength()); // [B, T, V]
  }

  /** Computes all logits; carried is how many have been handed out. */
  @Override
  public State begin(Graph g, Source source) {
    Cursor cursor = Cursor.start(g, source.batch(), slots());
    return new State(List.of(all(g, source)), List.of(cursor.count()));
  }

  @Override
  public Step step(Graph g, State state, Value token) {
    Cursor cursor = new Cursor(state.carry().getFirst(), slots());
    Value logits = attentionMix(cursor.here(), state.memory().getFirst()); // [B, V]
    return new Step(logits, state.with(cursor.next()), Optional.empty());
  }
}
