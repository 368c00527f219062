package seqmark.tasks.metric;

import java.util.List;
import seqmark.tasks.Answer;
import seqmark.tasks.Example;
import seqmark.tasks.Metric;

/**
 * The share of positions at which the output has what any reference has there, over the longer of
 * output and target: for tasks in which several symbols are right, independently at each position.
 *
 * @param name the name in tables
 */
public record ValidAccuracy(String name) implements Metric {
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
    for (int i = 0; i < output.length; i++) {
      sums[0] += isValid(example.references(), i, output[i]) ? 1 : 0;
    }
    sums[1] += Math.max(example.target().length, output.length);
  }

  private static boolean isValid(List<int[]> references, int position, int id) {
    for (int[] reference : references) {
      if (position < reference.length && reference[position] == id) {
        return true;
      }
    }
    return false;
  }

  @Override
  public double value(double[] sums) {
    return sums[0] / sums[1];
  }
}
