package seqmark.tasks.fewshot;

/**
 * Equally wide ranges of values between {@code -LIMIT} and {@code LIMIT}.
 *
 * @param count how many
 */
record Bins(int count) {
  static final double LIMIT = 5;

  /** The bin of a value. */
  int of(double value) {
    int bin = (int) Math.floor((value + LIMIT) / (2 * LIMIT) * count);
    return Math.clamp(bin, 0, count - 1);
  }

  /** The middle of a bin. */
  double centre(int bin) {
    return (bin + 0.5) / count * 2 * LIMIT - LIMIT;
  }
}
