package seqmark.nn;

/** Checks of a model's settings; what they throw names the setting, the valid range, the value. */
public final class Setting {
  /** The largest width: its square weights still fit into one array. */
  public static final int WIDEST = 16_384;

  /** The largest number of layers, hops, taps and the like. */
  public static final int MOST = 1_000;

  private Setting() {}

  /**
   * A whole number of at least {@code minimum}.
   *
   * @throws IllegalArgumentException if it is less
   */
  public static void atLeast(int minimum, String name, int value) {
    if (value < minimum) {
      throw new IllegalArgumentException(
          name + ": must be at least " + minimum + ", found " + value);
    }
  }

  /**
   * An odd number from {@code minimum} to {@link #MOST}, as the width of a centred window has to
   * be.
   *
   * @throws IllegalArgumentException if it is outside, or even
   */
  public static void odd(int minimum, String name, int value) {
    within(Integer.MIN_VALUE, MOST, name, value);
    if (value < minimum || value % 2 == 0) {
      throw new IllegalArgumentException(
          name + ": must be odd and at least " + minimum + ", found " + value);
    }
  }

  /**
   * A whole number of a range that nothing sensible leaves.
   *
   * @throws IllegalArgumentException if it is outside
   */
  public static void within(int minimum, int maximum, String name, int value) {
    atLeast(minimum, name, value);
    if (value > maximum) {
      throw new IllegalArgumentException(
          name + ": must be at most " + maximum + ", found " + value);
    }
  }

  /**
   * A rate of dropout, label smoothing and the like: in {@code [0, 1)}.
   *
   * @throws IllegalArgumentException if it is outside, or not a number
   */
  public static void rate(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + ": must be in [0, 1), found " + value);
    }
  }

  /**
   * A number above zero.
   *
   * @throws IllegalArgumentException if it is not, or not finite
   */
  public static void positive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          name + ": must be a number greater than 0, found " + value);
    }
  }
}
