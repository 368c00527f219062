package seqmark.compute;

/** How a parameter's values start, as a function of the counter-based random numbers. */
@FunctionalInterface
public interface Init {
  /** Fills {@code values} (row-major) from {@code random}. */
  void fill(float[] values, CounterRandom random);

  /** All elements equal to {@code value}. */
  static Init constant(float value) {
    return (values, random) -> java.util.Arrays.fill(values, value);
  }

  /** Uniform in {@code [-bound, bound)}. */
  static Init uniform(double bound) {
    return (values, random) -> {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) ((2 * random.uniform(i) - 1) * bound);
      }
    };
  }

  /** Normal with mean 0. */
  static Init normal(double standardDeviation) {
    return (values, random) -> {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (random.normal(i) * standardDeviation);
      }
    };
  }

  /** Glorot and Bengio 2010, equation 16: uniform with bound {@code sqrt(6 / (in + out))}. */
  static Init xavier(int in, int out) {
    return xavier(in, out, 1);
  }

  /** The same, multiplied with a scale. */
  static Init xavier(int in, int out, double scale) {
    return uniform(scale * Math.sqrt(6.0 / (in + out)));
  }

  /** The identity matrix {@code [width, width]}. */
  static Init identity(int width) {
    return (values, random) -> {
      for (int i = 0; i < width; i++) {
        values[i * width + i] = 1;
      }
    };
  }
}
