package seqmark.throughput;

import java.util.Map;
import java.util.Optional;
import seqmark.harness.Statistics;

/**
 * How a cost grows: {@code cost = c n^value}, by least squares of log cost on log n.
 *
 * @param value the slope
 * @param low lower end of its 95% interval (Student's t over residuals); as the value if there are
 *     only two lengths, which leave no residuals
 * @param high upper end of its interval
 * @param lengths how many lengths it was fitted to
 */
record Exponent(double value, double low, double high, int lengths) {
  /** The exponent of costs by length; empty for fewer than two lengths. */
  static Optional<Exponent> of(Map<Integer, Double> costs) {
    int n = costs.size();
    if (n < 2) {
      return Optional.empty();
    }
    double[] x = costs.keySet().stream().mapToDouble(Math::log).toArray();
    double[] y = costs.values().stream().mapToDouble(Math::log).toArray();
    double meanX = mean(x);
    double meanY = mean(y);
    double xx = 0;
    double xy = 0;
    for (int i = 0; i < n; i++) {
      xx += (x[i] - meanX) * (x[i] - meanX);
      xy += (x[i] - meanX) * (y[i] - meanY);
    }
    double slope = xy / xx;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double residual = y[i] - meanY - slope * (x[i] - meanX);
      squares += residual * residual;
    }
    double error = n == 2 ? 0 : Statistics.student(n - 2) * Math.sqrt(squares / (n - 2) / xx);
    return Optional.of(new Exponent(slope, slope - error, slope + error, n));
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double v : values) {
      sum += v;
    }
    return sum / values.length;
  }
}
