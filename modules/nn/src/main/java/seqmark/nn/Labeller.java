package seqmark.nn;

import seqmark.compute.Graph;
import seqmark.compute.Value;

/**
 * A model that can also answer in place: tasks that ask at positions of the source get a label
 * there instead of a target that is written behind it.
 */
public interface Labeller extends SequenceModel {
  /** Logits {@code [B, S, V]} at every source position. */
  Value labels(Graph g, Source source);
}
