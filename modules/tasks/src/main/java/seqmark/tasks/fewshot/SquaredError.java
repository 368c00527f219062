package seqmark.tasks.fewshot;

import seqmark.nn.Tokens;
import seqmark.tasks.Answer;
import seqmark.tasks.Example;
import seqmark.tasks.Metric;

/**
 * The mean squared distance between the centres of the bins that are answered and that are right.
 * An output that is not one bin counts as wrong as can be, by the whole range of values.
 *
 * @param bins of answers
 */
record SquaredError(Bins bins) implements Metric {
  @Override
  public String name() {
    return "squared error";
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  @Override
  public int terms() {
    return 2;
  }

  @Override
  public void count(Example example, Answer answer, double[] sums) {
    int[] output = answer.tokens();
    boolean isBin = output.length == 1 && output[0] >= Tokens.FIRST;
    double error = isBin ? centre(output[0]) - centre(example.target()[0]) : 2 * Bins.LIMIT;
    sums[0] += error * error;
    sums[1]++;
  }

  private double centre(int id) {
    return bins.centre(id - Tokens.FIRST);
  }

  @Override
  public double value(double[] sums) {
    return sums[0] / sums[1];
  }
}
