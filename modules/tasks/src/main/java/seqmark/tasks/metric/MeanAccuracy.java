package seqmark.tasks.metric;

import seqmark.tasks.Answer;
import seqmark.tasks.Example;
import seqmark.tasks.Metric;

/**
 * The mean over examples of each one's {@link TokenAccuracy}, so that an example with a long target
 * weighs as much as one with a short target.
 *
 * @param name the name in tables
 */
public record MeanAccuracy(String name) implements Metric {
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
    double right = TokenAccuracy.agreements(target, output);
    sums[0] += right / Math.max(target.length, output.length);
    sums[1]++;
  }

  @Override
  public double value(double[] sums) {
    return sums[0] / sums[1];
  }
}
