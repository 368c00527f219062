package seqmark.backend.tornado;

import seqmark.compute.Place;

/**
 * A value's place in the memory of a session, and its size.
 *
 * @param place in floats from the start of the memory
 * @param floats how many, at every step
 */
record Operand(Place place, int floats) {
  /** What lies some floats further. */
  Operand from(int offset, int size) {
    return new Operand(place.plus(offset), size);
  }

  /** Whether both have memory in common; only asked outside of loops, where places are fixed. */
  boolean overlaps(Operand other) {
    int start = place.at(0);
    int otherStart = other.place.at(0);
    return start < otherStart + other.floats && otherStart < start + floats;
  }
}
