package seqmark.nn.train;

import java.util.Arrays;
import seqmark.compute.Graph;
import seqmark.compute.Value;
import seqmark.nn.Batch;
import seqmark.nn.Labeller;
import seqmark.nn.SequenceModel;
import seqmark.nn.Sources;

/**
 * The padded shape of a batch: what a graph is traced for.
 *
 * @param batch number of sequences
 * @param source longest source, at least 1
 * @param target longest target with its end token; of no meaning with labels
 * @param features width of the sources' feature vectors, 0 for none
 * @param labels whether source positions are labelled instead of a target written
 */
public record Extents(int batch, int source, int target, int features, boolean labels) {
  /** Extents of tasks without features whose targets are written. */
  public Extents(int batch, int source, int target) {
    this(batch, source, target, 0, false);
  }

  /** The smallest extents that hold these sequences, as this model will have them. */
  public static Extents of(SequenceModel model, Sources sources, int[][] targets) {
    if (sources.count() == 0 || sources.count() != targets.length) {
      throw new IllegalArgumentException(
          "batch: expected as many targets as sources and at least one, found %d and %d"
              .formatted(sources.count(), targets.length));
    }
    int target = Arrays.stream(targets).mapToInt(t -> t.length).max().orElse(0) + 1;
    boolean labels = model instanceof Labeller && !sources.asked().isEmpty();
    return new Extents(
        sources.count(), sources.longest(), labels ? 1 : target, sources.width(), labels);
  }

  /** How many positions of a row have logits. */
  public int predicted() {
    return labels ? source : target;
  }

  /** Inputs of these extents in a graph. */
  Batch inputs(Graph g) {
    return labels
        ? Batch.labels(g, batch, source, features)
        : Batch.inputs(g, batch, source, target, features);
  }

  /** The logits of a batch {@code [B, T, V]}, or {@code [B, S, V]} for labels. */
  Value logits(SequenceModel model, Graph g, Batch of) {
    return labels ? ((Labeller) model).labels(g, of.source()) : model.logits(g, of);
  }
}
