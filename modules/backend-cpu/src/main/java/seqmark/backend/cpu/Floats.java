package seqmark.backend.cpu;

import java.util.Arrays;

/** An array of floats that a larger one may replace; whoever computes asks for it each time. */
final class Floats {
  private float[] array;

  Floats(int size) {
    array = new float[size];
  }

  float[] array() {
    return array;
  }

  /** Makes room for at least {@code size} floats and keeps what is there. */
  void grow(int size) {
    if (size > array.length) {
      array = Arrays.copyOf(array, size);
    }
  }
}
