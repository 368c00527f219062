package seqmark.tasks.metric;

import java.nio.IntBuffer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import seqmark.tasks.Answer;
import seqmark.tasks.Example;
import seqmark.tasks.Metric;

/**
 * Corpus BLEU (Papineni et al. 2002), in 0 to 1: the geometric mean of the clipped precisions of 1
 * to 4 tokens in a row, times the brevity penalty.
 *
 * <p>The number is a hundredth of what sacreBLEU (Post 2018) prints for {@code --tokenize none
 * --smooth-method none}, tokens being those of the task. Without smoothing it is 0 where no four
 * tokens in a row are right, so also for perfect outputs that all have fewer than four.
 *
 * @param name the name in tables
 */
public record Bleu(String name) implements Metric {
  private static final int ORDER = 4;
  private static final int OUTPUT_LENGTH = 2 * ORDER;
  private static final int REFERENCE_LENGTH = 2 * ORDER + 1;

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  /** Matches and totals of each order, then both lengths. */
  @Override
  public int terms() {
    return 2 * ORDER + 2;
  }

  @Override
  public void count(Example example, Answer answer, double[] sums) {
    int[] output = answer.tokens();
    for (int n = 1; n <= ORDER; n++) {
      Map<IntBuffer, Integer> allowed = new HashMap<>();
      for (int[] reference : example.references()) {
        NGrams.count(reference, n).forEach((gram, count) -> allowed.merge(gram, count, Math::max));
      }
      sums[2 * n - 2] += NGrams.matches(NGrams.count(output, n), allowed);
      sums[2 * n - 1] += Math.max(0, output.length - n + 1);
    }
    sums[OUTPUT_LENGTH] += output.length;
    sums[REFERENCE_LENGTH] += closestLength(example.references(), output.length);
  }

  /** The shorter one if two are as close. */
  private static int closestLength(List<int[]> references, int length) {
    return references.stream()
        .map(r -> r.length)
        .min(
            Comparator.<Integer>comparingInt(l -> Math.abs(l - length))
                .thenComparing(Comparator.naturalOrder()))
        .orElseThrow();
  }

  @Override
  public double value(double[] sums) {
    double logs = 0;
    for (int n = 1; n <= ORDER; n++) {
      if (sums[2 * n - 2] == 0) {
        return 0;
      }
      logs += Math.log(sums[2 * n - 2] / sums[2 * n - 1]);
    }
    double brevity = Math.min(0, 1 - sums[REFERENCE_LENGTH] / sums[OUTPUT_LENGTH]);
    return Math.exp(brevity + logs / ORDER);
  }
}
