package seqmark.tasks.recall;

import java.util.List;
import seqmark.tasks.Check;

/**
 * The parameters of tasks on random sequences.
 *
 * @param alphabet how many different symbols there are
 * @param length shortest and longest sequence, {@code [min, max]}; lengths between are equally
 *     frequent
 * @param testLength the same for the test part, for instance longer ones; empty for {@code length}
 * @param train how many examples there are to train on
 * @param validation how many for validation
 * @param test how many for testing
 */
public record SequenceConfig(
    int alphabet,
    List<Integer> length,
    List<Integer> testLength,
    int train,
    int validation,
    int test) {
  private static final int LONGEST = 100_000;

  /** What a model of about 50,000 parameters learns in a minute. */
  static final SequenceConfig SMALL =
      new SequenceConfig(10, List.of(1, 10), List.of(), 20_000, 500, 1_000);

  /** Checks all ranges. */
  public SequenceConfig {
    if (alphabet < 2 || alphabet > 65_536) {
      throw new IllegalArgumentException("alphabet is " + alphabet + ", expected 2 to 65536");
    }
    length = Check.range("length", length, 1, LONGEST);
    testLength =
        testLength.isEmpty() ? List.of() : Check.range("testLength", testLength, 1, LONGEST);
    Check.positive("train", train);
    Check.positive("validation", validation);
    Check.positive("test", test);
  }
}
