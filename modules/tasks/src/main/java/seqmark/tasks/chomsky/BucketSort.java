package seqmark.tasks.chomsky;

import java.util.Arrays;
import seqmark.compute.CounterRandom;
import seqmark.tasks.Example;

/**
 * A random string of the symbols 0 to 4, to be given back in ascending order. A context-sensitive
 * language.
 */
public final class BucketSort extends Transduction {
  /** For ServiceLoader. */
  public BucketSort() {
    super(
        "bucket-sort",
        "a string of five different symbols, to be sorted",
        characters("01234"),
        characters("01234"),
        3);
  }

  @Override
  Example draw(int length, CounterRandom random) {
    int[] source = uniform(5, length, random);
    int[] sorted = source.clone();
    Arrays.sort(sorted);
    return Example.of(source, sorted);
  }
}
