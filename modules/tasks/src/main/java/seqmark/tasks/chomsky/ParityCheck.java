package seqmark.tasks.chomsky;

import seqmark.compute.CounterRandom;
import seqmark.tasks.Example;

/**
 * Whether a random binary string has an even number of ones: the answer is 0 if so and 1 if not. A
 * regular language.
 */
public final class ParityCheck extends Transduction {
  /** For ServiceLoader. */
  public ParityCheck() {
    super(
        "parity-check",
        "are the ones in a binary string even in number? 0 if so, 1 if not",
        characters("01"),
        characters("01"),
        7);
  }

  @Override
  Example draw(int length, CounterRandom random) {
    int[] source = uniform(2, length, random);
    int ones = 0;
    for (int symbol : source) {
      ones += symbol;
    }
    return Example.of(source, new int[] {ones % 2});
  }
}
