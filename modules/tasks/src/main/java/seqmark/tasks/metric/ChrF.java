package seqmark.tasks.metric;

import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.Map;
import seqmark.tasks.Answer;
import seqmark.tasks.Example;
import seqmark.tasks.Metric;
import seqmark.tasks.Vocabulary;

/**
 * Character n-gram F-score (Popović 2015), in 0 to 1: precision and recall of 1 to 6 characters in
 * a row, spaces left out, averaged over these orders, recall weighing twice as much.
 *
 * <p>The number is a hundredth of what sacreBLEU (Post 2018) prints for its default, chrF2: counts
 * are summed over the corpus, orders longer than all outputs or references are left out, and of
 * several references the one with the best score of this output counts.
 *
 * @param name the name in tables
 * @param symbols how outputs and references read
 */
public record ChrF(String name, Vocabulary symbols) implements Metric {
  private static final int ORDER = 6;
  private static final double RECALL_WEIGHT = 2 * 2;

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  /** For each order what outputs have, what references have, what both have. */
  @Override
  public int terms() {
    return 3 * ORDER;
  }

  @Override
  public void count(Example example, Answer answer, double[] sums) {
    int[] output = answer.tokens();
    double[] best = null;
    for (int[] reference : example.references()) {
      double[] counts = counts(characters(output), characters(reference));
      if (best == null || value(counts) > value(best)) {
        best = counts;
      }
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] += best[i];
    }
  }

  private int[] characters(int[] ids) {
    return Arrays.stream(ids).mapToObj(symbols::symbol).flatMapToInt(String::codePoints).toArray();
  }

  private double[] counts(int[] output, int[] reference) {
    double[] counts = new double[terms()];
    for (int n = 1; n <= ORDER; n++) {
      Map<IntBuffer, Integer> grams = NGrams.count(output, n);
      // As in sacreBLEU: a reference too short for this order leaves the output's out as well.
      counts[3 * n - 3] = reference.length < n ? 0 : Math.max(0, output.length - n + 1);
      counts[3 * n - 2] = Math.max(0, reference.length - n + 1);
      counts[3 * n - 1] = NGrams.matches(grams, NGrams.count(reference, n));
    }
    return counts;
  }

  @Override
  public double value(double[] sums) {
    double precision = 0;
    double recall = 0;
    int orders = 0;
    for (int n = 1; n <= ORDER; n++) {
      double ofOutput = sums[3 * n - 3];
      double ofReference = sums[3 * n - 2];
      if (ofOutput > 0 && ofReference > 0) {
        precision += sums[3 * n - 1] / ofOutput;
        recall += sums[3 * n - 1] / ofReference;
        orders++;
      }
    }
    // Both are sums over orders; their number divides out of numerator and denominator but once.
    return precision + recall == 0
        ? 0
        : (1 + RECALL_WEIGHT) * precision * recall / (RECALL_WEIGHT * precision + recall) / orders;
  }
}
