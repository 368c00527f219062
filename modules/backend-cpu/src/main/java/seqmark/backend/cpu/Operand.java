package seqmark.backend.cpu;

import seqmark.compute.Place;

/** Where a kernel finds a value, or its scratch memory; known only once memory has been planned. */
final class Operand {
  private final int distance;
  private Floats floats;
  private Place place;

  /** An operand whose rows are so far apart. */
  Operand(int distance) {
    this.distance = distance;
  }

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

  /** How many floats from one row of the value to the next. */
  int distance() {
    return distance;
  }

  /** The start of the value in that array, at step {@code t} of the loop. */
  int at(int t) {
    return place.at(t);
  }
}
