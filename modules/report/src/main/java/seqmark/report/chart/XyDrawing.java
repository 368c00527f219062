package seqmark.report.chart;

import static seqmark.report.chart.Svg.at;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import seqmark.report.chart.Line.Kind;
import seqmark.report.markup.Element;

/** Draws an {@link XyChart}: title and legend above, then the plot, so that nothing is covered. */
final class XyDrawing {
  private static final double WIDTH = 460;
  private static final double PLOT_HEIGHT = 220;
  private static final double TITLE_HEIGHT = 26;
  private static final double RIGHT = WIDTH - 16;
  private static final double BELOW = 42;
  private static final int Y_TICKS = 5;
  private static final int X_TICKS = 7;

  private final XyChart chart;
  private final Legend legend;
  private final double top;
  private final double bottom;
  private final Scale x;
  private final Scale y;

  XyDrawing(XyChart chart) {
    this.chart = chart;
    this.legend = new Legend(chart.lines(), WIDTH);
    this.top = TITLE_HEIGHT + legend.height() + 32;
    this.bottom = top + PLOT_HEIGHT;
    this.y = scale(chart.y(), Y_TICKS, bottom, top, p -> DoubleStream.of(p.y(), p.low(), p.high()));
    double labels = y.ticks().stream().mapToDouble(t -> Svg.width(y.label(t), 12)).max().orElse(0);
    this.x = scale(chart.x(), X_TICKS, labels + 14, RIGHT, p -> DoubleStream.of(p.x()));
  }

  Element draw() {
    Element picture = Svg.sheet(WIDTH, bottom + BELOW, chart.title());
    picture.add(Svg.ink().add(Svg.text("start", 0, 15, chart.title()).with("font-weight", "600")));
    legend.draw(picture, TITLE_HEIGHT);
    drawAxes(picture);
    chart.lines().reversed().forEach(line -> drawBand(picture, line));
    chart.lines().reversed().forEach(line -> drawLine(picture, line));
    return picture;
  }

  private void drawAxes(Element picture) {
    Element grid = Svg.grid();
    Element labels = Svg.muted();
    for (double tick : y.ticks()) {
      grid.add(Svg.line(x.from(), y.at(tick), RIGHT, y.at(tick)));
      labels.add(Svg.text("end", x.from() - 8, y.at(tick) + 4, y.label(tick)));
    }
    double nextFree = Double.NEGATIVE_INFINITY;
    for (double tick : x.ticks()) {
      grid.add(Svg.line(x.at(tick), bottom, x.at(tick), bottom + 4));
      double half = Svg.width(x.label(tick), 12) / 2;
      if (x.at(tick) - half > nextFree) {
        double centre = Math.min(x.at(tick), WIDTH - half);
        labels.add(Svg.text("middle", centre, bottom + 19, x.label(tick)));
        nextFree = x.at(tick) + half + 8;
      }
    }
    labels.add(Svg.text("start", 0, top - 14, chart.y().title()).with("font-style", "italic"));
    labels.add(Svg.text("end", RIGHT, bottom + 38, chart.x().title()).with("font-style", "italic"));
    Element base = Svg.muted().add(Svg.line(x.from(), bottom, RIGHT, bottom));
    picture.add(grid, base, labels);
  }

  private void drawBand(Element picture, Line line) {
    List<Point> points = line.points();
    boolean joined = line.kind() == Kind.CURVE || line.kind() == Kind.MARKED;
    if (!joined || points.stream().noneMatch(Point::isSpread)) {
      return;
    }
    String path = path(points, Point::high) + path(points.reversed(), Point::low).replace('M', 'L');
    picture.add(
        Palette.group(line.style())
            .add(
                Element.of("path")
                    .with("d", path + "Z")
                    .with("fill", "currentColor")
                    .with("fill-opacity", "0.15")));
  }

  private void drawLine(Element picture, Line line) {
    Element group = Palette.group(line.style());
    if (line.kind() != Kind.MARKERS && line.points().size() > 1) {
      Element path = Element.of("path").with("d", path(line.points(), Point::y));
      group.add(Palette.stroke(path, line).with("fill", "none").with("stroke-linejoin", "round"));
    }
    boolean marked = line.kind() == Kind.MARKED || line.kind() == Kind.MARKERS;
    if (marked || line.points().size() == 1) {
      line.points().forEach(point -> group.add(marker(line, point)));
    }
    if (line.kind() == Kind.LOST) {
      group.add(cross(line));
    }
    picture.add(group);
  }

  private Element marker(Line line, Point p) {
    Element group = Element.of("g", Element.of("title", note(line, p)));
    if (line.kind() == Kind.MARKERS && p.isSpread()) {
      group.add(Svg.line(x.at(p.x()), y.at(p.low()), x.at(p.x()), y.at(p.high())));
    }
    return group.add(Palette.marker(line.style(), x.at(p.x()), y.at(p.y())));
  }

  private Element cross(Line line) {
    Point last = line.points().getLast();
    double cx = x.at(last.x());
    double cy = y.at(last.y());
    return Element.of("g", Element.of("title", line.label() + ", " + line.detail()))
        .with("stroke-width", "2")
        .add(Svg.line(cx - 4, cy - 4, cx + 4, cy + 4), Svg.line(cx - 4, cy + 4, cx + 4, cy - 4));
  }

  private String note(Line line, Point p) {
    return "%s, %s: %s %s, %s %s (%d %s)"
        .formatted(
            line.label(),
            line.detail(),
            chart.x().title(),
            number(p.x()),
            chart.y().title(),
            number(chart.y().unit() == Axis.Unit.PERCENT ? 100 * p.y() : p.y()),
            p.count(),
            chart.counted());
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%,.2f", value);
  }

  private String path(List<Point> points, ToDoubleFunction<Point> value) {
    StringBuilder path = new StringBuilder();
    for (Point p : points) {
      path.append(path.isEmpty() ? 'M' : 'L').append(at(x.at(p.x()))).append(' ');
      path.append(at(y.at(value.applyAsDouble(p))));
    }
    return path.toString();
  }

  private Scale scale(
      Axis axis, int ticks, double from, double to, Function<Point, DoubleStream> values) {
    DoubleSummaryStatistics all =
        chart.lines().stream()
            .flatMap(line -> line.points().stream())
            .flatMapToDouble(values::apply)
            .filter(Double::isFinite)
            .summaryStatistics();
    return Scale.of(axis, all.getMin(), all.getMax(), ticks, from, to);
  }
}
