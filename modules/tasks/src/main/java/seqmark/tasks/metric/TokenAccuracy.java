package seqmark.tasks.metric;

import seqmark.tasks.Answer;
import seqmark.tasks.Example;
import seqmark.tasks.Metric;

/**
 * The share of positions at which output and target agree, over the longer of both, so that neither
 * what is missing nor what is too much is free.
 *
 * @param name the name in tables
 */
public record TokenAccuracy(String name) implements Metric {
  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  public int terms() {
    return 2;
  }

  @Override
  public void count(Example example, Answer answer, double[] sums) {
    int[] output = answer.tokens();
    int[] target = example.target();
    sums[0] += agreements(target, output);
    sums[1] += Math.max(target.length, output.length);
  }

  /** At how many positions both are equal. */
  static int agreements(int[] target, int[] output) {
    int equal = 0;
    for (int i = 0; i < Math.min(target.length, output.length); i++) {
      equal += target[i] == output[i] ? 1 : 0;
    }
    return equal;
  }

  @Override
  public double value(double[] sums) {
    return sums[0] / sums[1];
  }
}
