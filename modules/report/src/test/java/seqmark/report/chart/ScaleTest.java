package seqmark.report.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import seqmark.report.chart.Axis.Range;
import seqmark.report.chart.Axis.Unit;

class ScaleTest {
  @Test
  void beginsAtZeroAndEndsAtATick() {
    Scale scale = scale(Unit.PERCENT, Range.FROM_ZERO, 0.21, 0.52, 5);
    assertEquals(List.of("0%", "20%", "40%", "60%"), labels(scale));
    assertEquals(100, scale.at(0));
    assertEquals(0, scale.at(0.6), 1e-9);
  }

  @Test
  void opensNoNewStepForARoundingError() {
    assertEquals(0.6, scale(Unit.PERCENT, Range.FROM_ZERO, 0, 0.6000000001, 3).max(), 1e-9);
  }

  @Test
  void putsNoTickBetweenWholeNumbers() {
    assertEquals(List.of("1", "2", "3"), labels(scale(Unit.WHOLE, Range.TIGHT, 1, 3, 7)));
  }

  @Test
  void groupsThousands() {
    assertEquals(
        List.of("0", "500", "1,000", "1,500"),
        labels(scale(Unit.WHOLE, Range.FROM_ZERO, 0, 1500, 5)));
    assertEquals(
        List.of("0", "5k", "10k", "15k"), labels(scale(Unit.WHOLE, Range.FROM_ZERO, 0, 15_000, 4)));
  }

  @Test
  void countsDecadesOnALogarithmicAxis() {
    assertEquals(
        List.of("0.2", "0.5", "1", "2"),
        labels(scale(Unit.NUMBER, Range.LOGARITHMIC, 0.15, 3.1, 5)));
    assertEquals(
        List.of("0.001", "0.01", "0.1", "1"),
        labels(scale(Unit.NUMBER, Range.LOGARITHMIC, 0.001, 3.1, 5)));
  }

  @Test
  void survivesASingleValue() {
    assertEquals(List.of("0", "1"), labels(scale(Unit.WHOLE, Range.FROM_ZERO, 0, 0, 5)));
    assertEquals(List.of("5", "6"), labels(scale(Unit.WHOLE, Range.TIGHT, 5, 5, 5)));
  }

  private static Scale scale(Unit unit, Range range, double low, double high, int ticks) {
    return Scale.of(new Axis("", unit, range), low, high, ticks, 100, 0);
  }

  private static List<String> labels(Scale scale) {
    return scale.ticks().stream().map(scale::label).toList();
  }
}
