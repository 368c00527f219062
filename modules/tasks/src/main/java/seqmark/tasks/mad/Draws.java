package seqmark.tasks.mad;

import java.util.Arrays;
import seqmark.compute.CounterRandom;

/** The random numbers of one example, one after the other. */
final class Draws {
  private final CounterRandom random;
  private long drawn;

  Draws(CounterRandom random) {
    this.random = random;
  }

  /** A whole number uniform in {@code 0 .. bound - 1}. */
  int below(int bound) {
    return random.below(bound, drawn++);
  }

  /** True with this probability. */
  boolean chance(double probability) {
    return random.uniform(drawn++) < probability;
  }

  /** A few different numbers of {@code 0 .. bound - 1}, each sequence of them equally likely. */
  int[] distinct(int count, int bound) {
    int[] chosen = new int[count];
    for (int i = 0; i < count; i++) {
      do {
        chosen[i] = below(bound);
      } while (contains(chosen, i, chosen[i]));
    }
    return chosen;
  }

  /** The numbers of {@code 0 .. count - 1} in an order by Fisher and Yates's shuffle. */
  int[] shuffled(int count) {
    int[] numbers = new int[count];
    Arrays.setAll(numbers, i -> i);
    for (int i = count - 1; i > 0; i--) {
      int j = below(i + 1);
      int moved = numbers[i];
      numbers[i] = numbers[j];
      numbers[j] = moved;
    }
    return numbers;
  }

  private static boolean contains(int[] numbers, int count, int number) {
    for (int i = 0; i < count; i++) {
      if (numbers[i] == number) {
        return true;
      }
    }
    return false;
  }
}
