package seqmark.nn.train;

import java.util.Arrays;
import seqmark.compute.Graph;
import seqmark.nn.Batch;
import seqmark.nn.Sources;

/**
 * The padded shape of a batch: what a graph is traced for.
 *
 * @param batch number of sequences
 * @param source longest source, at least 1
 * @param target longest target with its end token
 * @param features width of the sources' feature vectors, 0 for none
 */
public record Extents(int batch, int source, int target, int features) {
  /** The smallest extents that hold these sequences, ids without special tokens. */
  public static Extents of(Sources sources, int[][] targets) {
    if (sources.count() == 0 || sources.count() != targets.length) {
      throw new IllegalArgumentException(
          "batch: expected as many targets as sources and at least one, found %d and %d"
              .formatted(sources.count(), targets.length));
    }
    int target = Arrays.stream(targets).mapToInt(t -> t.length).max().orElse(0) + 1;
    return new Extents(sources.count(), sources.longest(), target, sources.width());
  }

  /** Inputs of these extents in a graph. */
  Batch inputs(Graph g) {
    return Batch.inputs(g, batch, source, target, features);
  }
}
