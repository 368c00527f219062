package seqmark.tasks.chomsky;

import java.util.Arrays;
import seqmark.compute.CounterRandom;
import seqmark.tasks.Example;

/**
 * A random binary string twice in a row with {@code ?} in the place of one symbol, which is to be
 * given; all places are equally likely. A context-sensitive language.
 *
 * <p>As in the paper's code, a string of odd length ends with an empty symbol, {@code _}, and the
 * string of length 1 is {@code 1} with the answer 1.
 */
public final class MissingDuplicate extends Transduction {
  private static final int MISSING = 2;
  private static final int EMPTY = 3;

  /** For ServiceLoader. */
  public MissingDuplicate() {
    super(
        "missing-duplicate",
        "the symbol that is missing in a string given twice",
        characters("01?_"),
        characters("01"),
        9);
  }

  @Override
  Example draw(int length, CounterRandom random) {
    if (length == 1) {
      return Example.of(new int[] {1}, new int[] {1});
    }
    int half = length / 2;
    int[] source = Arrays.copyOf(uniform(2, half, random), length);
    System.arraycopy(source, 0, source, half, half);
    if (length % 2 == 1) {
      source[length - 1] = EMPTY;
    }
    int place = random.fork("missing").below(2 * half, 0);
    int missing = source[place];
    source[place] = MISSING;
    return Example.of(source, new int[] {missing});
  }
}
