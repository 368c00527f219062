package seqmark.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ArenaTest {
  private final Arena arena = new Arena();

  @Test
  void whatIsNeededAtTheSameTimeLiesApart() {
    Random random = new Random(1);
    List<Arena.Range> ranges = new ArrayList<>();
    int[][] times = new int[200][2];
    for (int[] time : times) {
      time[0] = random.nextInt(-1, 50);
      time[1] = time[0] + random.nextInt(10);
      ranges.add(arena.take(random.nextInt(1, 300), time[0], time[1]));
    }
    arena.settle();
    for (int i = 0; i < times.length; i++) {
      Arena.Range a = ranges.get(i);
      assertEquals(0, a.base() % 16);
      assertTrue(a.base() + a.floats() <= arena.floats());
      for (int j = 0; j < i; j++) {
        Arena.Range b = ranges.get(j);
        boolean together = times[i][0] <= times[j][1] && times[j][0] <= times[i][1];
        boolean apart = a.base() + a.floats() <= b.base() || b.base() + b.floats() <= a.base();
        assertTrue(apart || !together, "ranges " + j + " and " + i);
      }
    }
  }

  @Test
  void noGapIsLeftThatALaterRangeDoesNotFit() {
    Arena.Range early = arena.take(32, 0, 0);
    Arena.Range always = arena.take(16, 0, 2);
    Arena.Range late = arena.take(48, 1, 2);
    arena.settle();
    assertEquals(64, arena.floats());
    assertEquals(0, early.base());
    assertEquals(48, always.base());
    assertEquals(0, late.base());
  }

  @Test
  void whatIsThereFromTheBeginningComesFirst() {
    Arena.Range large = arena.take(160, 0, 5);
    Arena.Range input = arena.take(16, -1, 5);
    arena.settle();
    assertEquals(0, input.base());
    assertEquals(16, large.base());
  }

  @Test
  void aRangeThatIsKeptForSomethingElseIsNotTaken() {
    Arena.Range kept = arena.take(16, 0, 1);
    Arena.Range next = arena.take(16, 2, 2);
    kept.keep(2);
    arena.settle();
    assertEquals(2, kept.until());
    assertEquals(32, arena.floats());
    assertEquals(16, next.base());
  }
}
