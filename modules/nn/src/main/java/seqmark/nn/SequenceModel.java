package seqmark.nn;

import seqmark.compute.Graph;
import seqmark.compute.Value;

/**
 * An architecture with its settings: code that is traced into graphs. Parameters belong to the
 * graph by name, so that all three methods share them.
 */
public interface SequenceModel {
  /** The teacher-forced forward pass: logits {@code [B, T, V]} for {@link Batch#target}. */
  Value logits(Graph g, Batch batch);

  /** Reads the source and gives the state before the first target token. */
  State begin(Graph g, Source source);

  /** Reads one target token per sequence, ids {@code [B]}, and gives logits for the next. */
  Step step(Graph g, State state, Value token);
}
