package seqmark.report.chart;

import java.util.List;
import seqmark.report.markup.Verbatim;

/**
 * Lines or markers over two axes.
 *
 * @param file the name of its files
 * @param title what it shows
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param counted what {@link Point#count} counts, for instance {@code seeds}
 * @param lines what is drawn, in the order of the legend
 */
public record XyChart(String file, String title, Axis x, Axis y, String counted, List<Line> lines)
    implements Chart {

  /**
   * Leaves out points that are no numbers, and lines without points; shares stay within 0 and 1.
   */
  public XyChart {
    boolean shares = y.unit() == Axis.Unit.PERCENT;
    lines =
        lines.stream()
            .map(line -> drawable(line, shares))
            .filter(line -> !line.points().isEmpty())
            .toList();
  }

  /** Whether there is nothing to draw. */
  public boolean isEmpty() {
    return lines.isEmpty();
  }

  @Override
  public Verbatim draw() {
    return new XyPlot(this).draw();
  }

  @Override
  public String csv() {
    Csv csv = new Csv();
    csv.row(List.of("model", "line", x.column(), y.column(), "low", "high", counted));
    for (Line line : lines) {
      for (Point p : line.points()) {
        csv.row(List.of(line.label(), line.detail(), p.x(), p.y(), p.low(), p.high(), p.count()));
      }
    }
    return csv.toString();
  }

  private static Line drawable(Line line, boolean shares) {
    List<Point> points =
        line.points().stream().filter(Point::isFinite).map(p -> shares ? p.asShare() : p).toList();
    return new Line(line.label(), line.detail(), line.style(), line.kind(), points);
  }
}
