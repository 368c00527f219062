package seqmark.tasks;

import java.util.function.Predicate;
import seqmark.compute.CounterRandom;

/**
 * Draws the examples of a generated task so that each source is in one part only, by its hash: a
 * tenth of all sources are for validation, a tenth for testing. A drawn source of another part is
 * drawn again.
 *
 * @param sizes how many examples there are
 * @param random what all of them come from
 * @param shared whether a source may be in several parts, because there are too few like it to be
 *     divided
 * @param generator makes them
 */
public record Drawing(
    Sizes sizes, CounterRandom random, Predicate<int[]> shared, Generator generator) {
  private static final Parts PARTS = new Parts(0.1, 0.1);

  /** Kinds of sources with fewer different ones than this are too few to be divided. */
  public static final int DIVIDED_FROM = 256;

  /** Makes an example out of random numbers. */
  @FunctionalInterface
  public interface Generator {
    /**
     * An example.
     *
     * @param fixed numbers that stay the same when the example is drawn again: for its length and
     *     all else that must not depend on which sources a part has
     * @param free numbers for everything else
     */
    Example draw(Split split, CounterRandom fixed, CounterRandom free);
  }

  /** A drawing whose parts share nothing. */
  public Drawing(Sizes sizes, CounterRandom random, Generator generator) {
    this(sizes, random, source -> false, generator);
  }

  /** How many examples a part has. */
  public int size(Split split) {
    return sizes.of(split);
  }

  /** Example {@code index} of a part. */
  public Example example(Split split, int index) {
    CounterRandom fixed = random.fork(split.name()).fork(index);
    for (int attempt = 0; ; attempt++) {
      Example example = generator.draw(split, fixed, fixed.fork(attempt));
      if (shared.test(example.source()) || PARTS.of(example.source()) == split) {
        return example;
      }
    }
  }
}
