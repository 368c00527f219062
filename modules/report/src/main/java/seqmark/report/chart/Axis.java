package seqmark.report.chart;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.DoubleSummaryStatistics;
import java.util.Locale;

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
    /** As they are. */
    NUMBER,
    /** Shares, as percent. */
    PERCENT,
    /** Whole numbers, never with a label between two. */
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

  private static final double AIR = 0.04;

  /** XChart leaves out a tick that stands exactly at an end. */
  private static final double HAIR = 0.004;

  private static final double ROUNDING = 1e-9;
  private static final double THOUSANDS = 10_000;

  /** What a column with its numbers is called: they are written as they are, shares from 0 to 1. */
  String column() {
    return unit == Unit.PERCENT ? title.replace(" (%)", " (share)") : title;
  }

  /** Where the axis begins, for these values. */
  double low(DoubleSummaryStatistics values) {
    double low =
        switch (range) {
          case TIGHT -> values.getMin() - AIR * span(values);
          case FROM_ZERO -> Math.min(0, values.getMin()) - HAIR * high(values);
          case LOGARITHMIC -> values.getMin() / (1 + AIR);
        };
    // XChart draws no ticks at all if both ends have the same label, such as none.
    return unit == Unit.WHOLE ? Math.floor(low) : low;
  }

  /** Where the axis ends. */
  double high(DoubleSummaryStatistics values) {
    double high =
        switch (range) {
          case TIGHT -> values.getMax() + AIR * span(values);
          case FROM_ZERO -> values.getMax() > 0 ? values.getMax() * (1 + AIR) : 1;
          case LOGARITHMIC -> values.getMax() * (1 + AIR);
        };
    return unit == Unit.WHOLE ? Math.ceil(high) : high;
  }

  /** The text beside a tick; empty for ticks that get none. */
  String label(double tick) {
    double value = unit == Unit.PERCENT ? 100 * tick : tick;
    boolean between = unit == Unit.WHOLE && Math.abs(value - Math.rint(value)) > ROUNDING;
    if (between || (range == Range.LOGARITHMIC && "125".indexOf(leadingDigit(tick)) < 0)) {
      return "";
    }
    DecimalFormat format =
        new DecimalFormat("0.######", DecimalFormatSymbols.getInstance(Locale.ROOT));
    boolean thousands = Math.abs(value) >= THOUSANDS;
    return format.format(thousands ? value / 1000 : value)
        + (thousands ? "k" : "")
        + (unit == Unit.PERCENT ? "%" : "");
  }

  private static double span(DoubleSummaryStatistics values) {
    return values.getMax() > values.getMin() ? values.getMax() - values.getMin() : 1;
  }

  private static char leadingDigit(double value) {
    return String.format(Locale.ROOT, "%.3e", value).charAt(0);
  }
}
