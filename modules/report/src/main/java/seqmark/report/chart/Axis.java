package seqmark.report.chart;

/**
 * One direction of a chart.
 *
 * @param title what it measures, with the unit
 * @param unit how its numbers are written
 * @param range where it begins and how it is spaced
 */
public record Axis(String title, Unit unit, Range range) {
  /** How numbers are written beside an axis. */
  public enum Unit {
    /** As they are, in thousands if large. */
    NUMBER,
    /** Shares, as percent. */
    PERCENT,
    /** Whole numbers, never with a tick between two. */
    WHOLE
  }

  /** Where an axis begins and how it is spaced. */
  public enum Range {
    /** From the smallest value to the largest. */
    TIGHT,
    /** From zero. */
    FROM_ZERO,
    /** Equal factors at equal distances; positive values only. */
    LOGARITHMIC
  }
}
