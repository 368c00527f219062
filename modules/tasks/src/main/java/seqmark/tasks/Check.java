package seqmark.tasks;

import java.util.List;
import java.util.Objects;

/** Checks of parameters that many tasks have; errors begin with the parameter's name. */
public final class Check {
  private Check() {}

  /**
   * A number of examples.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public static void positive(String name, int count) {
    if (count < 1) {
      throw new IllegalArgumentException(name + " is " + count + ", expected 1 or more examples");
    }
  }

  /**
   * A whole number within a range.
   *
   * @throws IllegalArgumentException if it is below {@code lowest} or above {@code highest}
   */
  public static void within(String name, int value, int lowest, int highest) {
    if (value < lowest || value > highest) {
      throw new IllegalArgumentException(
          "%s is %d, expected %d to %d".formatted(name, value, lowest, highest));
    }
  }

  /**
   * A first and a last value, both included.
   *
   * @return a copy of the range
   * @throws IllegalArgumentException if it is not {@code [first, last]} with {@code lowest <= first
   *     <= last <= highest}
   */
  public static List<Integer> range(String name, List<Integer> range, int lowest, int highest) {
    boolean valid =
        range.size() == 2
            && range.stream().allMatch(Objects::nonNull)
            && lowest <= range.getFirst()
            && range.getFirst() <= range.getLast()
            && range.getLast() <= highest;
    if (!valid) {
      throw new IllegalArgumentException(
          "%s is %s, expected [first, last] with %d <= first <= last <= %d"
              .formatted(name, range, lowest, highest));
    }
    return List.copyOf(range);
  }
}
