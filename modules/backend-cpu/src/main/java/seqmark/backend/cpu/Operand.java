package seqmark.backend.cpu;

import seqmark.compute.Place;

/** Where a kernel finds a value, or its scratch memory; known only once memory has been planned. */
final class Operand {
  private Floats floats;
  private Place place;

  void settle(Floats newFloats, Place newPlace) {
    floats = newFloats;
    place = newPlace;
  }

  /** Settles within another value. */
  void settle(Operand whole, Place within) {
    settle(whole.floats, within.plus(whole.at(0)));
  }

  /** The array that holds the value. */
  float[] data() {
    return floats.array();
  }

  /** The start of the value in that array, at step {@code t} of the loop. */
  int at(int t) {
    return place.at(t);
  }
}
