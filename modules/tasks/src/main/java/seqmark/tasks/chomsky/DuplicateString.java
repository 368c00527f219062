package seqmark.tasks.chomsky;

import java.util.Arrays;
import seqmark.compute.CounterRandom;
import seqmark.tasks.Example;

/** A random binary string, to be given back twice in a row. A context-sensitive language. */
public final class DuplicateString extends Transduction {
  /** For ServiceLoader. */
  public DuplicateString() {
    super(
        "duplicate-string",
        "a random binary string, to be given back twice",
        characters("01"),
        characters("01"),
        7);
  }

  @Override
  Example draw(int length, CounterRandom random) {
    int[] source = uniform(2, length, random);
    int[] twice = Arrays.copyOf(source, 2 * length);
    System.arraycopy(source, 0, twice, length, length);
    return Example.of(source, twice);
  }
}
