package seqmark.tasks;

/**
 * A measure of outputs against examples, as sums over examples and a value of the sums, so that it
 * can be taken of any part of the data (buckets, bootstrap samples) without decoding again.
 */
public interface Metric {
  /** The name in tables, for instance {@code word error}. */
  String name();

  /** Whether more is better. */
  boolean higherIsBetter();

  /** How many sums there are. */
  int terms();

  /** Whether it looks at {@link Answer#nats}, which takes a pass of its own to find. */
  default boolean needsLikelihood() {
    return false;
  }

  /** Adds what one answer contributes to the sums. */
  void count(Example example, Answer answer, double[] sums);

  /** The metric of these sums. */
  double value(double[] sums);
}
