package seqmark.tasks.chomsky;

import java.util.List;
import seqmark.tasks.Check;

/**
 * The parameters of tasks that are learnt on short strings and tested on longer ones.
 *
 * @param length shortest and longest string to train and validate on, {@code [min, max]}; lengths
 *     between are equally frequent
 * @param testLength the same for the test part; empty for {@code length}
 * @param train how many examples there are to train on
 * @param validation how many for validation
 * @param test how many for testing
 */
public record LengthConfig(
    List<Integer> length, List<Integer> testLength, int train, int validation, int test) {
  private static final int LONGEST = 10_000;

  /** Checks all ranges. */
  public LengthConfig {
    length = Check.range("length", length, 1, LONGEST);
    testLength =
        testLength.isEmpty() ? List.of() : Check.range("testLength", testLength, 1, LONGEST);
    Check.positive("train", train);
    Check.positive("validation", validation);
    Check.positive("test", test);
  }
}
