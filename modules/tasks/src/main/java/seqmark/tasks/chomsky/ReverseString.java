package seqmark.tasks.chomsky;

import seqmark.compute.CounterRandom;
import seqmark.tasks.Example;

/**
 * A random binary string, to be given back from its end to its start. A deterministic context-free
 * language.
 */
public final class ReverseString extends Transduction {
  /** For ServiceLoader. */
  public ReverseString() {
    super(
        "reverse-string",
        "a random binary string, to be given back from end to start",
        characters("01"),
        characters("01"),
        7);
  }

  @Override
  Example draw(int length, CounterRandom random) {
    int[] source = uniform(2, length, random);
    return Example.of(source, reversed(source));
  }

  static int[] reversed(int[] string) {
    int[] reversed = new int[string.length];
    for (int i = 0; i < string.length; i++) {
      reversed[i] = string[string.length - 1 - i];
    }
    return reversed;
  }
}
