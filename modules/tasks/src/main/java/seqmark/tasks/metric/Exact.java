package seqmark.tasks.metric;

import java.util.Arrays;
import seqmark.tasks.Answer;
import seqmark.tasks.Example;
import seqmark.tasks.Metric;

/**
 * The share of outputs that equal a reference in full, or the share that does not.
 *
 * @param name the name in tables
 * @param higherIsBetter whether it counts what is right; otherwise what is wrong
 */
public record Exact(String name, boolean higherIsBetter) implements Metric {
  /** The share of right outputs, in 0 to 1. */
  public static Exact accuracy(String name) {
    return new Exact(name, true);
  }

  /** The share of wrong outputs, in 0 to 1. */
  public static Exact error(String name) {
    return new Exact(name, false);
  }

  @Override
  public int terms() {
    return 2;
  }

  @Override
  public void count(Example example, Answer answer, double[] sums) {
    int[] output = answer.tokens();
    boolean right = example.references().stream().anyMatch(r -> Arrays.equals(r, output));
    sums[0] += right == higherIsBetter ? 1 : 0;
    sums[1]++;
  }

  @Override
  public double value(double[] sums) {
    return sums[0] / sums[1];
  }
}
