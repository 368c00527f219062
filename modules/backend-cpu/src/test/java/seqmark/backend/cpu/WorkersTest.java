package seqmark.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkersTest {
  @Test
  void everyUnitIsDoneOnce() {
    for (int threads = 1; threads <= 5; threads++) {
      try (Workers workers = new Workers(threads)) {
        assertEquals(threads, workers.threads());
        for (int units : new int[] {0, 1, 2, 3, 7, 1000}) {
          int[] done = new int[units];
          workers.run(
              units,
              (from, to) -> {
                for (int i = from; i < to; i++) {
                  done[i]++;
                }
              });
          int[] once = new int[units];
          Arrays.fill(once, 1);
          assertArrayEquals(once, done, units + " units, " + threads + " threads");
        }
      }
    }
  }

  @Test
  void whatOneRunWroteTheNextReads() {
    try (Workers workers = new Workers(3)) {
      int[] values = new int[90];
      for (int round = 0; round < 2_000; round++) {
        int expected = round;
        workers.run(
            values.length,
            (from, to) -> {
              for (int i = from; i < to; i++) {
                values[i] = values[values.length - 1 - i] == expected ? expected : -1;
              }
            });
        workers.run(
            values.length,
            (from, to) -> {
              for (int i = from; i < to; i++) {
                values[i]++;
              }
            });
        assertEquals(round + 1, values[round % values.length]);
      }
    }
  }

  @Test
  void sleepersWakeUp() throws InterruptedException {
    try (Workers workers = new Workers(2)) {
      for (int i = 0; i < 5; i++) {
        Thread.sleep(20);
        AtomicInteger sum = new AtomicInteger();
        workers.run(10, (from, to) -> sum.addAndGet(IntStream.range(from, to).sum()));
        assertEquals(45, sum.get());
      }
    }
  }

  @Test
  void whatAnyThreadThrowsReachesTheCaller() {
    try (Workers workers = new Workers(4)) {
      for (int bad = 0; bad < 8; bad++) {
        int unit = bad;
        var thrown =
            assertThrows(
                IndexOutOfBoundsException.class,
                () ->
                    workers.run(
                        8,
                        (from, to) -> {
                          if (from <= unit && unit < to) {
                            throw new IndexOutOfBoundsException("unit " + unit);
                          }
                        }));
        assertEquals("unit " + bad, thrown.getMessage());
      }
      AtomicInteger ranges = new AtomicInteger();
      workers.run(8, (from, to) -> ranges.incrementAndGet());
      assertEquals(4, ranges.get());
    }
  }

  @Test
  void threadsAreAtLeastOne() {
    var thrown = assertThrows(IllegalArgumentException.class, () -> new Workers(0));
    assertEquals("threads: expected at least 1, found 0", thrown.getMessage());
  }
}
