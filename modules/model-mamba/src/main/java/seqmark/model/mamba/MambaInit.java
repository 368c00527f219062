package seqmark.model.mamba;

import seqmark.compute.Init;

/** How the recurrence's own parameters start; Gu and Dao 2023, sections 3.5 and 3.6. */
final class MambaInit {
  private static final double SHORTEST = 1e-3;
  private static final double LONGEST = 1e-1;

  private MambaInit() {}

  /**
   * The logarithm of -A {@code [N, channels]}: 1, 2, ..., N for every channel, the real numbers of
   * S4D (Gu et al. 2022).
   */
  static Init logDecay(int channels) {
    return (values, random) -> {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) Math.log(1 + i / channels);
      }
    };
  }

  /** What softplus turns into steps that lie evenly between 0.001 and 0.1 on a log scale. */
  static Init step() {
    return (values, random) -> {
      for (int i = 0; i < values.length; i++) {
        double step = SHORTEST * Math.pow(LONGEST / SHORTEST, random.uniform(i));
        values[i] = (float) (step + Math.log(-Math.expm1(-step)));
      }
    };
  }
}
