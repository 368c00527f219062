package seqmark.nn.train;

import seqmark.nn.Setting;

/** How the learning rate changes with the step. */
public sealed interface Schedule {
  /** What the learning rate is multiplied with at a step that counts from 0. */
  double factor(int step);

  /** The same rate at every step. */
  record Constant() implements Schedule {
    @Override
    public double factor(int step) {
      return 1;
    }
  }

  /**
   * Linear warm-up, then half a cosine down to zero (Loshchilov and Hutter 2017, without restarts).
   *
   * @param warmup steps until the full rate
   * @param steps after which the rate is zero
   */
  record Cosine(int warmup, int steps) implements Schedule {
    /** Checks the settings. */
    public Cosine {
      Setting.atLeast(0, "warmup", warmup);
      Setting.atLeast(1, "steps", steps);
    }

    @Override
    public double factor(int step) {
      if (step < warmup) {
        return (step + 1.0) / warmup;
      }
      double share = Math.min(1, (step - warmup) / (double) Math.max(1, steps - warmup));
      return 0.5 * (1 + Math.cos(Math.PI * share));
    }
  }
}
