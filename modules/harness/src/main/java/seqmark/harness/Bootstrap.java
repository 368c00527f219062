package seqmark.harness;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import seqmark.compute.CounterRandom;

/**
 * The percentile bootstrap (Efron and Tibshirani 1993, chapter 13): what a statistic does when the
 * sample is drawn again from itself, with replacement. Its draws never vary.
 */
final class Bootstrap {
  private static final int SAMPLES = 2_000;
  private static final double TAIL = 0.025;
  private static final long SEED = 1;

  private Bootstrap() {}

  /**
   * The interval that holds the statistic in 95% of the samples.
   *
   * @param count how many things are drawn from
   * @param mean the statistic of the things themselves
   * @param statistic of drawn positions in {@code 0 .. count - 1}, {@code count} of them
   */
  static Interval interval(
      int count, double mean, Interval.Over over, ToDoubleFunction<int[]> statistic) {
    double[] values = new double[SAMPLES];
    int[] drawn = new int[count];
    for (int s = 0; s < SAMPLES; s++) {
      CounterRandom random = CounterRandom.seeded(SEED).fork(s);
      for (int i = 0; i < count; i++) {
        drawn[i] = random.below(count, i);
      }
      values[s] = statistic.applyAsDouble(drawn);
    }
    Arrays.sort(values);
    return new Interval(mean, quantile(values, TAIL), quantile(values, 1 - TAIL), over, count);
  }

  /** Linear between the neighbours. */
  private static double quantile(double[] sorted, double q) {
    double position = q * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}
