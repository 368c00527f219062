package seqmark.report.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import seqmark.report.chart.Axis.Range;
import seqmark.report.chart.Axis.Unit;

class AxisTest {
  @Test
  void writesNumbersWithTheirUnit() {
    assertEquals("20%", label(Unit.PERCENT, Range.FROM_ZERO, 0.2));
    assertEquals("0.5", label(Unit.NUMBER, Range.FROM_ZERO, 0.5));
    assertEquals("0.3", label(Unit.NUMBER, Range.FROM_ZERO, 0.1 + 0.2));
    assertEquals("1500", label(Unit.WHOLE, Range.FROM_ZERO, 1500));
    assertEquals("12.5k", label(Unit.NUMBER, Range.FROM_ZERO, 12_500));
  }

  @Test
  void putsNoLabelBetweenWholeNumbers() {
    assertEquals("2", label(Unit.WHOLE, Range.TIGHT, 2));
    assertEquals("", label(Unit.WHOLE, Range.TIGHT, 2.5));
  }

  @Test
  void labelsAFewPlacesOfADecade() {
    assertEquals("0.2", label(Unit.NUMBER, Range.LOGARITHMIC, 0.2));
    assertEquals("", label(Unit.NUMBER, Range.LOGARITHMIC, 0.3));
    assertEquals("", label(Unit.NUMBER, Range.LOGARITHMIC, 0.7));
    assertEquals("1", label(Unit.NUMBER, Range.LOGARITHMIC, 0.1 * 10));
  }

  private static String label(Unit unit, Range range, double tick) {
    return new Axis("", unit, range).label(tick);
  }
}
