package seqmark.report.chart;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.style.Styler.ChartTheme;
import seqmark.report.markup.Verbatim;

/**
 * Where a model looked: a cell per source and output symbol, darker with the weight.
 *
 * @param file the name of its files
 * @param title what it shows
 * @param style the model's colour
 * @param source symbols of the columns
 * @param output symbols of the rows
 * @param weights by row, then column, in [0, 1]
 */
public record HeatMap(
    String file,
    String title,
    int style,
    List<String> source,
    List<String> output,
    double[][] weights)
    implements Chart {
  private static final int PADDING = 10;

  /** What stands around the cells beside the labels: padding, ticks and the title. */
  private static final double LEFT = 2 * PADDING + 6;

  private static final double ABOVE_AND_BELOW = 2 * PADDING + 34;

  /** Weights that no eye can see are not drawn. */
  private static final double VISIBLE = 0.004;

  @Override
  public Verbatim draw() {
    SvgCanvas canvas = new SvgCanvas();
    String heading = canvas.heading(title);
    List<String> rows = output.reversed().stream().map(HeatMap::shown).map(canvas::text).toList();
    List<String> columns = source.stream().map(HeatMap::shown).map(canvas::below).toList();
    double cell = Math.clamp(400.0 / Math.max(source.size(), output.size()), 16, 24);
    double across = widest(canvas, columns);
    boolean turned = across > cell - 3;
    double line = canvas.height(SvgCanvas.BODY);
    double width =
        LEFT
            + widest(canvas, rows)
            + Math.max(
                cell * Math.max(2, columns.size()), canvas.width(heading, SvgCanvas.HEADING));
    double height = ABOVE_AND_BELOW + (turned ? across : line) + cell * rows.size();
    HeatMapChart map = new HeatMapChart((int) width, (int) height, ChartTheme.XChart);
    map.setTitle(heading);
    map.addSeries("weights", columns, rows, cells());
    SvgCanvas.style(map.getStyler());
    // One more than there are: XChart leaves labels out if it is told of no number.
    map.getStyler().setXAxisMaxLabelCount(Math.max(columns.size(), rows.size()) + 1);
    map.getStyler()
        .setXAxisLabelRotation(turned ? 90 : 0)
        .setPlotGridLinesVisible(false)
        .setChartPadding(PADDING)
        .setLegendVisible(false);
    map.getStyler().setMin(0).setMax(1);
    map.getStyler().setRangeColors(new Color[] {Color.WHITE, Palette.colour(style)});
    return canvas.paint(map, title);
  }

  @Override
  public String csv() {
    Csv csv = new Csv();
    List<String> header = new ArrayList<>(List.of("output"));
    header.addAll(source);
    csv.row(header);
    for (int row = 0; row < output.size(); row++) {
      List<Object> cells = new ArrayList<>(List.of(output.get(row)));
      DoubleStream.of(weights[row]).forEach(cells::add);
      csv.row(cells);
    }
    return csv.toString();
  }

  /** Column, row from below, weight. */
  private List<Number[]> cells() {
    List<Number[]> cells = new ArrayList<>();
    for (int row = 0; row < output.size(); row++) {
      for (int column = 0; column < source.size(); column++) {
        double weight = weights[row][column];
        if (weight >= VISIBLE) {
          cells.add(new Number[] {column, output.size() - 1 - row, weight});
        }
      }
    }
    // XChart wants at least one cell.
    return cells.isEmpty() ? List.<Number[]>of(new Number[] {0, 0, 0}) : cells;
  }

  private static double widest(SvgCanvas canvas, List<String> symbols) {
    return symbols.stream().mapToDouble(s -> canvas.width(s, SvgCanvas.BODY)).max().orElse(0);
  }

  /** Symbols that would not be seen, as something that is. */
  private static String shown(String symbol) {
    return switch (symbol) {
      case " " -> "␣";
      case "</s>" -> "end";
      default -> symbol;
    };
  }
}
