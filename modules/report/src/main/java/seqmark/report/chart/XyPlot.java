package seqmark.report.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.DoubleSummaryStatistics;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import seqmark.report.chart.Line.Kind;
import seqmark.report.markup.Verbatim;

/** Gives a chart of lines to XChart. */
final class XyPlot {
  private static final int WIDTH = 560;
  private static final int HEIGHT = 350;
  private static final int LEGEND_ROW = 18;
  private static final int LEGEND_SIGN = 22;
  private static final int LEGEND_PADDING = 8;

  private final XyChart chart;
  private final SvgCanvas canvas = new SvgCanvas();
  private final Set<String> inLegend = new HashSet<>();
  private int added;
  private double lowest;

  XyPlot(XyChart chart) {
    this.chart = chart;
  }

  Verbatim draw() {
    boolean row = legendWidth() < WIDTH;
    int rows = row ? 1 : (int) labels().count();
    XYChart plot = new XYChart(WIDTH, HEIGHT + LEGEND_ROW * rows);
    plot.setTitle(canvas.heading(chart.title()));
    plot.setXAxisTitle(canvas.text(chart.x().title()));
    plot.setYAxisTitle(canvas.text(chart.y().title()));
    AxesChartStyler styler = plot.getStyler();
    SvgCanvas.style(styler);
    styler
        .setPlotGridVerticalLinesVisible(false)
        .setLegendPosition(LegendPosition.OutsideS)
        .setLegendLayout(row ? LegendLayout.Horizontal : LegendLayout.Vertical)
        .setLegendSeriesLineLength(LEGEND_SIGN)
        .setLegendPadding(LEGEND_PADDING)
        .setMarkerSize(7);
    scale(styler);
    chart.lines().reversed().forEach(line -> addSpread(plot, line));
    chart.lines().forEach(line -> addLine(plot, line));
    return canvas.paint(plot, chart.title());
  }

  private void scale(AxesChartStyler styler) {
    DoubleSummaryStatistics x = values(p -> DoubleStream.of(p.x()));
    DoubleSummaryStatistics y = values(this::heights);
    lowest = chart.y().low(y);
    styler
        .setXAxisMin(chart.x().low(x))
        .setXAxisMax(chart.x().high(x))
        .setYAxisMin(lowest)
        .setYAxisMax(chart.y().high(y))
        .setXAxisTickLabelsFormattingFunction(tick -> canvas.text(chart.x().label(tick)))
        .setYAxisTickLabelsFormattingFunction(tick -> canvas.text(chart.y().label(tick)))
        .setXAxisLogarithmic(chart.x().range() == Axis.Range.LOGARITHMIC)
        .setXAxisLogarithmicDecadeOnly(false)
        .setYAxisLogarithmic(chart.y().range() == Axis.Range.LOGARITHMIC)
        .setYAxisLogarithmicDecadeOnly(false);
  }

  /** A band around a line; whiskers at markers. */
  private void addSpread(XYChart plot, Line line) {
    List<Point> points = line.points();
    List<Point> spread = points.stream().filter(Point::isSpread).toList();
    if (spread.isEmpty()) {
      return;
    }
    if (line.kind() == Kind.MARKERS) {
      double[] x = spread.stream().flatMapToDouble(p -> repeat(p.x(), 3)).toArray();
      double[] y =
          spread.stream()
              .flatMapToDouble(p -> DoubleStream.of(low(p), p.high(), Double.NaN))
              .toArray();
      style(add(plot, x, y), line, SeriesMarkers.NONE);
    } else {
      double[] x =
          Stream.concat(points.stream(), points.reversed().stream())
              .mapToDouble(Point::x)
              .toArray();
      double[] y =
          DoubleStream.concat(
                  points.stream().mapToDouble(Point::high),
                  points.reversed().stream().mapToDouble(this::low))
              .toArray();
      XYSeries band = add(plot, x, y);
      band.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
      band.setMarker(SeriesMarkers.NONE).setLineStyle(SeriesLines.NONE);
      band.setFillColor(Palette.pale(line.style()));
    }
  }

  private void addLine(XYChart plot, Line line) {
    List<Point> points = line.points();
    boolean marked =
        line.kind() != Kind.REFERENCE
            && (line.kind() == Kind.MARKED || line.kind() == Kind.MARKERS || points.size() == 1);
    XYSeries series =
        add(
            plot,
            points.stream().mapToDouble(Point::x).toArray(),
            points.stream().mapToDouble(Point::y).toArray());
    style(series, line, marked ? Palette.marker(line.style()) : SeriesMarkers.NONE);
    if (line.kind() == Kind.MARKERS) {
      series.setLineStyle(SeriesLines.NONE);
    }
    series.setShowInLegend(inLegend.add(line.label()));
    series.setLabel(canvas.legend(line.label()));
    if (line.kind() == Kind.LOST) {
      Point last = points.getLast();
      XYSeries end = add(plot, new double[] {last.x()}, new double[] {last.y()});
      style(end, line, SeriesMarkers.CROSS);
    }
  }

  /** Adds a series that is not in the legend; XChart wants a name, and each only once. */
  private XYSeries add(XYChart plot, double[] x, double[] y) {
    XYSeries series = plot.addSeries("series " + added++, x, y);
    series.setShowInLegend(false);
    return series;
  }

  private static void style(XYSeries series, Line line, Marker marker) {
    Color colour = line.kind() == Kind.REFERENCE ? Palette.REFERENCE : Palette.colour(line.style());
    series.setMarker(marker).setMarkerColor(colour);
    series.setLineColor(colour).setLineStyle(stroke(line));
  }

  /** Thin for a single seed, and dashed if it was lost or if there are more lines than colours. */
  private static BasicStroke stroke(Line line) {
    return switch (line.kind()) {
      case SINGLE -> Palette.stroke(1.2f);
      case LOST -> Palette.stroke(1.2f, 4, 3);
      case MARKERS -> Palette.stroke(1.6f);
      case REFERENCE -> Palette.stroke(1.4f, 2, 3);
      default -> Palette.repeats(line.style()) ? Palette.stroke(2, 7, 3) : Palette.stroke(2);
    };
  }

  private double legendWidth() {
    return labels()
        .mapToDouble(s -> LEGEND_SIGN + 2 * LEGEND_PADDING + canvas.width(s, SvgCanvas.BODY))
        .sum();
  }

  private Stream<String> labels() {
    return chart.lines().stream().map(Line::label).distinct();
  }

  private DoubleSummaryStatistics values(Function<Point, DoubleStream> of) {
    return chart.lines().stream()
        .flatMap(line -> line.points().stream())
        .flatMapToDouble(of)
        .summaryStatistics();
  }

  /** A logarithmic axis has no place for an interval that reaches zero: it is cut off. */
  private DoubleStream heights(Point p) {
    boolean logarithmic = chart.y().range() == Axis.Range.LOGARITHMIC;
    return DoubleStream.of(p.y(), p.low(), p.high()).filter(v -> v > 0 || !logarithmic);
  }

  private double low(Point p) {
    return Math.max(lowest, p.low());
  }

  private static DoubleStream repeat(double value, int times) {
    return DoubleStream.generate(() -> value).limit(times);
  }
}
