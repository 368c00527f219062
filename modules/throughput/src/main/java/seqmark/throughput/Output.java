package seqmark.throughput;

/**
 * Numbers that a step leaves behind, to be compared with those of the reference.
 *
 * @param name what they are
 * @param values in any order that does not depend on the backend
 * @param unit what their errors are measured in: how large they are, as the reference sees it
 */
record Output(String name, float[] values, double unit) {
  /** Numbers whose errors are measured in the largest of them. */
  static Output of(String name, float... values) {
    return new Output(name, values, largest(values));
  }

  static double largest(float[] values) {
    double largest = 0;
    for (float v : values) {
      largest = Math.max(largest, Math.abs(v));
    }
    return largest;
  }
}
