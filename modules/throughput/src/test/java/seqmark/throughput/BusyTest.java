package seqmark.throughput;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class BusyTest {
  private static final String BEFORE = "cpu  100 10 20 1000 5 1 2 3 50 50\ncpu0 7\n";

  /** User and system 30 ticks, of 200; what guests use, at the end, is in them already. */
  private static final String AFTER = "cpu  120 10 30 1160 15 1 2 3 70 50\ncpu0 9\n";

  @Test
  void isWhatIsNeitherIdleNorOurs() {
    assertEquals(0.15, Busy.share(BEFORE, AFTER, 0), 1e-9);
    assertEquals(0.10, Busy.share(BEFORE, AFTER, 10), 1e-9);
    assertEquals(0, Busy.share(BEFORE, AFTER, 40), "clocks that do not agree");
    assertEquals(0, Busy.share(BEFORE, BEFORE, 0), "no time");
  }

  @Test
  void isAShare() throws InterruptedException {
    OptionalDouble share = Busy.share();
    assertTrue(share.orElse(0) >= 0 && share.orElse(0) <= 1, share::toString);
  }
}
