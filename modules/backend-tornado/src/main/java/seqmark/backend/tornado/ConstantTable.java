package seqmark.backend.tornado;

import java.util.LinkedHashMap;
import java.util.Map;
import seqmark.backend.tornado.kernel.Transfers;

/**
 * Numbers with fractions that are parameters of instructions. They stand behind the status, because
 * instructions are whole numbers and TornadoVM 5.2.0 cannot look at these as floats.
 */
final class ConstantTable {
  /** Where the table ends. */
  static final int END = 4096;

  private static final int START = Transfers.NOT_A_NUMBER;

  private final Map<Integer, Integer> places = new LinkedHashMap<>();
  private int brought;

  /** NaN is the first, because some kernels need it. */
  ConstantTable() {
    place(Float.NaN);
  }

  /**
   * The place of a number.
   *
   * @throws IllegalStateException if there are more different numbers than places
   */
  int place(float value) {
    int place = places.computeIfAbsent(Float.floatToIntBits(value), v -> START + places.size());
    if (place >= END) {
      throw new IllegalStateException(
          "backend tornado: the programs of a session have more than %d different constants"
              .formatted(END - START));
    }
    return place;
  }

  /** Copies those to the device that are not there. */
  void bring(Machine machine) {
    if (brought < places.size()) {
      float[] values = new float[places.size()];
      places.forEach((bits, place) -> values[place - START] = Float.intBitsToFloat(bits));
      machine.upload(START, values, values.length);
      brought = values.length;
    }
  }

  /** Says that none are on the device. */
  void moved() {
    brought = 0;
  }
}
