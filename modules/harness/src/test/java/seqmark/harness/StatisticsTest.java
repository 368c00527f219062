package seqmark.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import seqmark.compute.CounterRandom;

class StatisticsTest {
  @Test
  void equalValuesLeaveNoDoubt() {
    assertEquals(
        new Interval(0.5, 0.5, 0.5, Interval.Over.SEEDS, 3),
        Statistics.overSeeds(List.of(0.5, 0.5, 0.5)));
  }

  @Test
  void threeSeedsAreFew() {
    Interval interval = Statistics.overSeeds(List.of(1.0, 2.0, 3.0));
    // Standard deviation 1, t of 2 degrees of freedom 4.303.
    assertEquals(2 - 4.303 / Math.sqrt(3), interval.low(), 1e-9);
    assertEquals(2 + 4.303 / Math.sqrt(3), interval.high(), 1e-9);
  }

  @Test
  void theIntervalOfManyNormalsIsThatOfTheBooks() {
    CounterRandom random = CounterRandom.seeded(1);
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      values.add(random.normal(i));
    }
    Interval interval = Statistics.overSeeds(values);
    // A mean of 400 standard normals has a standard error of 0.05.
    assertEquals(2 * 1.96 * 0.05, interval.high() - interval.low(), 0.02);
    assertTrue(interval.low() < 0 && 0 < interval.high());
  }

  @Test
  void intervalsThatTouchAreNoDifference() {
    Interval low = new Interval(1, 0, 2, Interval.Over.SEEDS, 3);
    assertTrue(low.overlaps(new Interval(2.5, 2, 3, Interval.Over.SEEDS, 3)));
    assertFalse(low.overlaps(new Interval(2.6, 2.1, 3, Interval.Over.SEEDS, 3)));
  }
}
