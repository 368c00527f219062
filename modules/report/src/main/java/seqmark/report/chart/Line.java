package seqmark.report.chart;

import java.util.List;

/**
 * Points of one model.
 *
 * @param label the model
 * @param detail what the points are, for instance {@code mean of 3 seeds}
 * @param style colour and marker: the same number looks the same in every chart
 * @param kind how they are drawn
 * @param points from left to right
 */
public record Line(String label, String detail, int style, Kind kind, List<Point> points) {
  /** How points are drawn. */
  public enum Kind {
    /** A line with a band for the intervals. */
    CURVE,
    /** A line with a marker at each point and a band. */
    MARKED,
    /** A thin line: one seed. */
    SINGLE,
    /** A thin dashed line that ends in a cross: a seed that was lost. */
    LOST,
    /** Markers with whiskers, not joined. */
    MARKERS,
    /** A thin dotted grey line to see the others against. */
    REFERENCE
  }
}
