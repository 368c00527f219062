package seqmark.tasks.facts;

import java.util.function.IntPredicate;
import seqmark.compute.CounterRandom;

/** Random numbers in the order in which they are asked for. */
final class Draws {
  private final CounterRandom random;
  private long count;

  Draws(CounterRandom random) {
    this.random = random;
  }

  /** A number of {@code 0 .. bound - 1}. */
  int below(int bound) {
    return random.below(bound, count++);
  }

  /** True with this probability. */
  boolean happens(double probability) {
    return random.uniform(count++) < probability;
  }

  /** One of the numbers below a bound that are as told, each equally likely; -1 if none is. */
  int any(int bound, IntPredicate as) {
    int chosen = -1;
    int found = 0;
    for (int i = 0; i < bound; i++) {
      if (as.test(i) && below(++found) == 0) {
        chosen = i;
      }
    }
    return chosen;
  }

  /** A number of {@code 0 .. bound - 1} other than this one, which may be none of them. */
  int other(int bound, int than) {
    if (than < 0) {
      return below(bound);
    }
    int chosen = below(bound - 1);
    return chosen < than ? chosen : chosen + 1;
  }

  /** The numbers below a bound in any order. */
  int[] shuffled(int bound) {
    int[] numbers = new int[bound];
    for (int i = 0; i < bound; i++) {
      int j = below(i + 1);
      numbers[i] = numbers[j];
      numbers[j] = i;
    }
    return numbers;
  }
}
