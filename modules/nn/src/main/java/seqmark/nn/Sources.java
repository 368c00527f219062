package seqmark.nn;

import java.util.Arrays;
import java.util.List;

/**
 * The data of the source side of a batch, one entry per sequence.
 *
 * @param tokens ids without special tokens
 * @param features a vector beside every token; empty for a task without them
 * @param asked the positions at which the task asks, in the order of the targets; empty for a task
 *     whose targets are sequences of their own
 */
public record Sources(int[][] tokens, List<float[][]> features, List<int[]> asked) {
  /** Checks that there is a vector for every token, if there are any, and all of one width. */
  public Sources {
    requireAllOrNone("features", features, tokens.length);
    requireAllOrNone("asked positions", asked, tokens.length);
    int width = width(features);
    for (int i = 0; i < features.size(); i++) {
      float[][] rows = features.get(i);
      boolean fits = Arrays.stream(rows).allMatch(row -> row.length == width);
      if (rows.length != tokens[i].length || !fits) {
        throw new IllegalArgumentException(
            "sources: sequence %d has %d tokens and %d feature vectors, expected as many, of width %d"
                .formatted(i, tokens[i].length, rows.length, width));
      }
    }
  }

  /** Sequences of tokens alone. */
  public static Sources of(int[]... tokens) {
    return new Sources(tokens, List.of(), List.of());
  }

  private static void requireAllOrNone(String what, List<?> found, int count) {
    if (!found.isEmpty() && found.size() != count) {
      throw new IllegalArgumentException(
          "sources: expected %s for all %d sequences or none, found %d"
              .formatted(what, count, found.size()));
    }
  }

  /** The number of sequences. */
  public int count() {
    return tokens.length;
  }

  /** The longest sequence, at least 1. */
  public int longest() {
    return Math.max(1, Arrays.stream(tokens).mapToInt(t -> t.length).max().orElse(1));
  }

  /** The width F of a feature vector; 0 for tokens alone. */
  public int width() {
    return width(features);
  }

  private static int width(List<float[][]> features) {
    return features.stream()
        .filter(f -> f.length > 0)
        .mapToInt(f -> f[0].length)
        .findFirst()
        .orElse(0);
  }
}
