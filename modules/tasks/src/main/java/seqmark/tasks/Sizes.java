package seqmark.tasks;

/**
 * How many examples a generated task has.
 *
 * @param train to train on
 * @param validation for validation
 * @param test for testing
 */
public record Sizes(int train, int validation, int test) {
  /**
   * Checks that every part has examples.
   *
   * @throws IllegalArgumentException if one has none
   */
  public Sizes {
    Check.positive("train", train);
    Check.positive("validation", validation);
    Check.positive("test", test);
  }

  /** How many a part has. */
  public int of(Split split) {
    return switch (split) {
      case TRAIN -> train;
      case VALIDATION -> validation;
      case TEST -> test;
    };
  }
}
