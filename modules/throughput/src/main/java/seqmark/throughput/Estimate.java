package seqmark.throughput;

import java.util.List;
import seqmark.harness.Statistics;

/**
 * A positive quantity measured several times: the geometric mean with its 95% interval, Student's t
 * over logarithms. So the interval of {@code 1 / x} is that of {@code x}, upside down.
 *
 * @param mean the geometric mean
 * @param low lower end of the interval
 * @param high upper end of the interval
 * @param count how many values
 */
record Estimate(double mean, double low, double high, int count) {
  /** An estimate from at least one value. */
  static Estimate of(List<Double> values) {
    int n = values.size();
    double mean = values.stream().mapToDouble(Math::log).average().orElseThrow();
    double squares =
        values.stream().mapToDouble(v -> (Math.log(v) - mean) * (Math.log(v) - mean)).sum();
    double error = n == 1 ? 0 : Statistics.student(n - 1) * Math.sqrt(squares / (n - 1) / n);
    return new Estimate(Math.exp(mean), Math.exp(mean - error), Math.exp(mean + error), n);
  }

  /** What so many nanoseconds for so many things are in things per second. */
  Estimate perSecond(double things) {
    double scale = things * 1e9;
    return new Estimate(scale / mean, scale / high, scale / low, count);
  }

  /**
   * How many times another one this is, both measured independently: the half-widths of the
   * intervals, on logarithms, are the sides of a right angle and that of the ratio is what lies
   * between.
   */
  Estimate over(Estimate other) {
    double ratio = mean / other.mean;
    double width = Math.exp(Math.hypot(Math.log(high / mean), Math.log(other.high / other.mean)));
    return new Estimate(ratio, ratio / width, ratio * width, Math.min(count, other.count));
  }
}
