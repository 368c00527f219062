package seqmark.nn.train;

/**
 * The padded shape of a batch: what a graph is traced for.
 *
 * @param batch number of sequences
 * @param source longest source, at least 1
 * @param target longest target with its end token
 */
public record Extents(int batch, int source, int target) {
  /** The smallest extents that hold these sequences, ids without special tokens. */
  public static Extents of(int[][] sources, int[][] targets) {
    if (sources.length == 0 || sources.length != targets.length) {
      throw new IllegalArgumentException(
          "batch: expected as many targets as sources and at least one, found %d and %d"
              .formatted(sources.length, targets.length));
    }
    return new Extents(sources.length, Math.max(1, longest(sources)), longest(targets) + 1);
  }

  private static int longest(int[][] sequences) {
    int longest = 0;
    for (int[] s : sequences) {
      longest = Math.max(longest, s.length);
    }
    return longest;
  }
}
