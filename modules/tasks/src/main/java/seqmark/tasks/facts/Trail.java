package seqmark.tasks.facts;

import java.util.Arrays;

/** The places where a thing was, in order. */
final class Trail {
  private int[] places = new int[8];
  private int length;

  void add(int place) {
    if (length == places.length) {
      places = Arrays.copyOf(places, 2 * length);
    }
    places[length++] = place;
  }

  boolean isEmpty() {
    return length == 0;
  }

  int last() {
    return places[length - 1];
  }

  /** Whether it came here from somewhere else, and was here just once. */
  boolean wasOnceReached(int place) {
    int found = 0;
    for (int i = 0; i < length; i++) {
      found += places[i] == place ? 1 : 0;
    }
    return found == 1 && places[0] != place;
  }

  /** Where it was before it was here. */
  int before(int place) {
    int at = 0;
    while (places[at] != place) {
      at++;
    }
    return places[at - 1];
  }
}
