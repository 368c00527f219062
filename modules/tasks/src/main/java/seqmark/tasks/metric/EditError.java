package seqmark.tasks.metric;

import seqmark.tasks.Answer;
import seqmark.tasks.Example;
import seqmark.tasks.Metric;

/**
 * Insertions, deletions and substitutions that turn outputs into their closest references, summed
 * over examples, as a share of the summed lengths of these references: phoneme or character error
 * rate. Above 1 where outputs are far too long.
 *
 * @param name the name in tables
 */
public record EditError(String name) implements Metric {
  @Override
  public boolean higherIsBetter() {
    return false;
  }

  @Override
  public int terms() {
    return 2;
  }

  @Override
  public void count(Example example, Answer answer, double[] sums) {
    int[] output = answer.tokens();
    int best = Integer.MAX_VALUE;
    int length = 0;
    for (int[] reference : example.references()) {
      int distance = distance(output, reference);
      if (distance < best) {
        best = distance;
        length = reference.length;
      }
    }
    sums[0] += best;
    sums[1] += length;
  }

  @Override
  public double value(double[] sums) {
    return sums[0] / sums[1];
  }

  /** The smallest number of insertions, deletions and substitutions (Levenshtein 1966). */
  public static int distance(int[] a, int[] b) {
    int[] row = new int[b.length + 1];
    for (int j = 0; j <= b.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length; i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length; j++) {
        int substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length];
  }
}
