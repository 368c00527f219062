package seqmark.tasks.tsv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class OffsetsTest {
  @Property(tries = 100)
  void whatWasAddedIsThere(
      @ForAll @Size(max = 1_500) List<@LongRange(min = 0, max = 1L << 45) Long> distances) {
    Offsets offsets = new Offsets();
    long[] places = new long[distances.size()];
    long place = 0;
    for (int i = 0; i < places.length; i++) {
      // Most lines are short: every other distance below 300.
      place += i % 2 == 0 ? distances.get(i) % 300 : distances.get(i);
      places[i] = place;
      offsets.add(place);
    }
    assertEquals(places.length, offsets.size());
    for (int i = 0; i < places.length; i++) {
      assertEquals(places[i], offsets.get(i));
    }
  }
}
