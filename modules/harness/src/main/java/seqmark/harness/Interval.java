package seqmark.harness;

/**
 * A mean and how sure it is.
 *
 * @param mean the mean over seeds, or the only value
 * @param low lower end of the 95% bootstrap interval
 * @param high upper end of the 95% bootstrap interval
 * @param over what was resampled
 * @param count how many of them there are
 */
public record Interval(double mean, double low, double high, Over over, int count) {
  /** What an interval was resampled from. */
  public enum Over {
    /** Trials that differ in their seed only. */
    SEEDS,
    /** Test examples of a single trial: says nothing of how another seed would do. */
    EXAMPLES
  }

  /** Whether both intervals share a point: then there is no difference to speak of. */
  public boolean overlaps(Interval other) {
    return low <= other.high && other.low <= high;
  }
}
