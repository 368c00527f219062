package seqmark.tasks.bandits;

import java.util.Arrays;

/**
 * What pulls say about the arms of a {@link Bandit}: with all chances equally likely at first, an
 * arm that paid {@code w} times out of {@code n} has a mean of {@code (w + 1) / (n + 2)} (Laplace's
 * rule of succession).
 */
public final class Posterior {
  private final int[] payments;
  private final int[] pulls;

  /** Before the first pull. */
  public Posterior(int arms) {
    this.payments = new int[arms];
    this.pulls = new int[arms];
  }

  /** How many arms there are. */
  public int arms() {
    return pulls.length;
  }

  /** After another pull. */
  public void observe(int arm, boolean pays) {
    pulls[arm]++;
    payments[arm] += pays ? 1 : 0;
  }

  /** The mean of an arm's chance. */
  public double mean(int arm) {
    return (payments[arm] + 1.0) / (pulls[arm] + 2);
  }

  /** Compares the means of two arms, exactly: below, at or above 0 as that of {@code a} is. */
  public int compare(int a, int b) {
    long left = (payments[a] + 1L) * (pulls[b] + 2);
    long right = (payments[b] + 1L) * (pulls[a] + 2);
    return Long.compare(left, right);
  }

  /** The arms with the highest mean, one or more, in order. */
  public int[] best() {
    int[] best = new int[pulls.length];
    int count = 1;
    for (int arm = 1; arm < pulls.length; arm++) {
      int order = compare(arm, best[0]);
      count = order > 0 ? 0 : count;
      if (order >= 0) {
        best[count++] = arm;
      }
    }
    return Arrays.copyOf(best, count);
  }
}
