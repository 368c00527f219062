package seqmark.tasks.metric;

import seqmark.tasks.Answer;
import seqmark.tasks.Example;
import seqmark.tasks.Metric;

/**
 * How many bits a model needs for each symbol of the target: its negative log-likelihood to the
 * base of 2, over all symbols alike, as for compressors; 0 and more. End tokens do not count.
 *
 * @param name the name in tables
 */
public record BitsPerCharacter(String name) implements Metric {
  @Override
  public boolean higherIsBetter() {
    return false;
  }

  @Override
  public int terms() {
    return 2;
  }

  @Override
  public boolean needsLikelihood() {
    return true;
  }

  @Override
  public void count(Example example, Answer answer, double[] sums) {
    sums[0] += answer.nats();
    sums[1] += example.target().length;
  }

  @Override
  public double value(double[] sums) {
    return sums[0] / sums[1] / Math.log(2);
  }
}
