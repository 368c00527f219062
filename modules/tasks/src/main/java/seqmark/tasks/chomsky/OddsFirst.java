package seqmark.tasks.chomsky;

import seqmark.compute.CounterRandom;
import seqmark.tasks.Example;

/**
 * A random binary string, to be given back with its first, third, fifth and so on symbol first and
 * then its second, fourth and so on. A context-sensitive language.
 *
 * <p>This is the task by its description; the paper's code counts from 0 and so begins with the
 * second symbol.
 */
public final class OddsFirst extends Transduction {
  /** For ServiceLoader. */
  public OddsFirst() {
    super(
        "odds-first",
        "a binary string's first, third, fifth, ... symbol, then its second, fourth, ...",
        characters("01"),
        characters("01"),
        7);
  }

  @Override
  Example draw(int length, CounterRandom random) {
    int[] source = uniform(2, length, random);
    int odds = (length + 1) / 2;
    int[] target = new int[length];
    for (int i = 0; i < length; i++) {
      target[i % 2 == 0 ? i / 2 : odds + i / 2] = source[i];
    }
    return Example.of(source, target);
  }
}
