package seqmark.report.chart;

/**
 * One point of a line.
 *
 * @param x where along the horizontal axis
 * @param y the value
 * @param low lower end of the value's interval; {@code y} if there is none
 * @param high upper end of the value's interval; {@code y} if there is none
 * @param count how many of what the chart counts are behind the value
 */
public record Point(double x, double y, double low, double high, int count) {
  /** An interval without an end is none. */
  public Point {
    if (!Double.isFinite(low) || !Double.isFinite(high)) {
      low = y;
      high = y;
    }
  }

  /** Whether it can be drawn. */
  public boolean isFinite() {
    return Double.isFinite(x) && Double.isFinite(y);
  }

  /** The same without what of the interval no share can be; an error may itself be above 1. */
  Point asShare() {
    return new Point(x, y, Math.max(low, Math.min(0, y)), Math.min(high, Math.max(1, y)), count);
  }

  /** Whether there is an interval to draw. */
  boolean isSpread() {
    return low < high;
  }
}
