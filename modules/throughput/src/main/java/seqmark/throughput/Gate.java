package seqmark.throughput;

import java.util.List;
import java.util.Locale;

/**
 * Whether a path computes what the reference does; without that its speed means nothing.
 *
 * @param green whether it does
 * @param sequences how many sequences the reference computed; the batch repeats them
 * @param worst the largest error, in units of {@link Output#unit}
 * @param where the numbers with that error, or with the first that is too large
 */
record Gate(boolean green, int sequences, double worst, String where) {
  /** The largest error allowed, in units of {@link Output#unit}. */
  static final double TOLERANCE = 1e-3;

  /**
   * Compares what a step left behind.
   *
   * @param sequences distinct sequences in the batch, all that the reference computed
   * @param actual of the whole batch
   * @param expected of the distinct sequences; where rows of the batch repeat, so do these numbers
   */
  static Gate compare(int sequences, List<Output> actual, List<Output> expected) {
    Gate worst = new Gate(true, sequences, 0, "");
    for (int i = 0; i < expected.size(); i++) {
      Gate one = compare(sequences, actual.get(i), expected.get(i));
      if (!one.green) {
        return one;
      }
      worst = one.worst > worst.worst || worst.where.isEmpty() ? one : worst;
    }
    return worst;
  }

  private static Gate compare(int sequences, Output actual, Output expected) {
    if (!actual.name().equals(expected.name())
        || actual.values().length % expected.values().length != 0) {
      return new Gate(
          false,
          sequences,
          Double.POSITIVE_INFINITY,
          "%s has %d numbers, expected a multiple of %d of %s"
              .formatted(
                  actual.name(),
                  actual.values().length,
                  expected.values().length,
                  expected.name()));
    }
    double worst = 0;
    int at = 0;
    for (int i = 0; i < actual.values().length; i++) {
      double error = error(actual.values()[i], expected.values()[i % expected.values().length]);
      if (error > worst) {
        worst = error;
        at = i;
      }
    }
    double share = worst == 0 ? 0 : worst / expected.unit();
    boolean green = share <= TOLERANCE;
    return new Gate(
        green, sequences, share, green ? actual.name() : difference(actual, expected, at));
  }

  /** Infinite for what is no number. */
  private static double error(float actual, float expected) {
    double error = Math.abs((double) actual - expected);
    return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
  }

  private static String difference(Output actual, Output expected, int at) {
    return String.format(
        Locale.ROOT,
        "%s: number %d is %s, the float64 reference has %s",
        actual.name(),
        at,
        actual.values()[at],
        expected.values()[at % expected.values().length]);
  }

  /** Of two, the red one, or the one with the larger error. */
  Gate and(Gate other) {
    if (!green) {
      return this;
    }
    return !other.green || other.worst > worst ? other : this;
  }
}
