package seqmark.nn.decode;

import seqmark.nn.Setting;

/**
 * How outputs are searched.
 *
 * @param beam hypotheses kept per source; 1 is greedy
 * @param lengthPower hypotheses of different lengths are compared by {@code log p / length^power}
 *     (Wu et al. 2016, equation 14, without its constant); 0 compares {@code log p}
 * @param longest most tokens of an output
 */
public record Search(int beam, double lengthPower, int longest) {
  /** Checks the settings. */
  public Search {
    Setting.atLeast(1, "beam", beam);
    Setting.atLeast(1, "longest", longest);
    if (!(lengthPower >= 0 && lengthPower <= 10)) {
      throw new IllegalArgumentException("length power: must be in [0, 10], found " + lengthPower);
    }
  }

  /** The most likely token at every step. */
  public static Search greedy(int longest) {
    return new Search(1, 0, longest);
  }
}
