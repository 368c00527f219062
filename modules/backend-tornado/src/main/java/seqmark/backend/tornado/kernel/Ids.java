package seqmark.backend.tornado.kernel;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Token ids, which are stored as floats. */
final class Ids {
  private Ids() {}

  /** The id that stands somewhere, or -1, which is noted, if it is no row of its table. */
  static int checked(FloatArray m, int place, int rows) {
    float stored = m.get(place);
    int id = (int) stored;
    boolean known = stored == (float) id && id >= 0 && id < rows;
    if (!known) {
      m.set(Transfers.STATUS, stored);
      id = -1;
    }
    return id;
  }
}
