package seqmark.tasks.bandits;

import java.util.Locale;
import seqmark.compute.CounterRandom;

/** Who plays. */
public enum Policy {
  /** Pulls any arm. */
  RANDOM {
    @Override
    int choose(Posterior posterior, CounterRandom random, long pull) {
      return random.below(posterior.arms(), pull);
    }
  },
  /** Pulls one of the arms that look best, and any arm one time in ten. */
  EPSILON_GREEDY {
    @Override
    int choose(Posterior posterior, CounterRandom random, long pull) {
      if (random.uniform(2 * pull) < EXPLORATION) {
        return random.below(posterior.arms(), 2 * pull + 1);
      }
      int[] best = posterior.best();
      return best[random.below(best.length, 2 * pull + 1)];
    }
  };

  private static final double EXPLORATION = 0.1;

  /** The name in configs. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The arm to pull next.
   *
   * @param posterior what the pulls so far say
   * @param pull the number of pulls so far
   */
  abstract int choose(Posterior posterior, CounterRandom random, long pull);
}
