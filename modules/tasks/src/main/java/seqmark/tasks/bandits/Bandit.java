package seqmark.tasks.bandits;

import seqmark.compute.CounterRandom;

/**
 * A slot machine with arms that pay 1 or nothing, each with a chance of its own, uniform in 0 to 1
 * (the bandits of Duan et al. 2016, "RL²", section 3.1, and of Mishra et al. 2017, section 5.2.1).
 *
 * <p>What it pays is a pure function of the random numbers, the number of pulls so far and the arm.
 * Not safe for use by several threads.
 */
public final class Bandit {
  private final double[] chances;
  private final CounterRandom payments;
  private long pulls;

  /**
   * A machine.
   *
   * @param arms how many it has
   * @param random where chances and payments come from
   */
  public Bandit(int arms, CounterRandom random) {
    if (arms < 1) {
      throw new IllegalArgumentException("arms is " + arms + ", expected 1 or more");
    }
    CounterRandom draws = random.fork("chances");
    this.chances = new double[arms];
    for (int arm = 0; arm < arms; arm++) {
      chances[arm] = draws.uniform(arm);
    }
    this.payments = random.fork("payments");
  }

  /** How many arms there are. */
  public int arms() {
    return chances.length;
  }

  /** Pulls an arm of {@code 0 .. arms() - 1}; says whether it pays. */
  public boolean pull(int arm) {
    return payments.uniform(pulls++) < chances[arm];
  }

  /** How often arms were pulled so far. */
  public long pulls() {
    return pulls;
  }

  /** The chance that an arm pays: what players do not know, and regret is measured by. */
  public double chance(int arm) {
    return chances[arm];
  }
}
