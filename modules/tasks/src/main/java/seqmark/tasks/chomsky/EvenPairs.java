package seqmark.tasks.chomsky;

import seqmark.compute.CounterRandom;
import seqmark.tasks.Example;

/**
 * Whether a random binary string has an even number of neighbours that differ (01 and 10): the
 * answer is 0 if so and 1 if not. A regular language.
 *
 * <p>The number is even exactly if the first and the last symbol are equal. The string is not
 * empty, and one symbol has 0 pairs.
 */
public final class EvenPairs extends Transduction {
  /** For ServiceLoader. */
  public EvenPairs() {
    super(
        "even-pairs",
        "are neighbours that differ even in number? 0 if so, 1 if not",
        characters("01"),
        characters("01"),
        7);
  }

  @Override
  Example draw(int length, CounterRandom random) {
    int[] source = uniform(2, length, random);
    int pairs = 0;
    for (int i = 1; i < length; i++) {
      pairs += source[i - 1] ^ source[i];
    }
    return Example.of(source, new int[] {pairs % 2});
  }
}
