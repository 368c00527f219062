package seqmark.tasks.fewshot;

import seqmark.compute.CounterRandom;

/**
 * Nearly normal numbers of mean 0 and variance 1: sums of four uniform ones, which need no
 * logarithm and lie within 3.5 standard deviations.
 */
final class Noise {
  private static final int UNIFORM = 1 << 16;

  /** Half a step, as the uniform numbers are whole ones from 0. */
  private static final double MIDDLE = 2 * (UNIFORM - 1);

  /** Four uniform numbers of variance 1/12. */
  private static final double SCALE = Math.sqrt(3) / UNIFORM;

  private final CounterRandom random;
  private long draws;

  Noise(CounterRandom random) {
    this.random = random;
  }

  double next() {
    long bits = random.bits(draws++);
    long sum =
        (bits & UNIFORM - 1)
            + (bits >>> 16 & UNIFORM - 1)
            + (bits >>> 32 & UNIFORM - 1)
            + (bits >>> 48);
    return (sum - MIDDLE) * SCALE;
  }
}
