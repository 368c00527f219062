package seqmark.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import seqmark.report.markup.Element;

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
  private static final double TOP = 26;

  /** Weights that no eye can see are not drawn. */
  private static final double VISIBLE = 0.004;

  @Override
  public Element draw() {
    double cell = Math.clamp(380.0 / Math.max(1, source.size()), 12, 24);
    double font = Math.min(12, cell * 0.72);
    double labels = font * 0.8;
    double left = 8 + widest(output, font);
    double above = TOP + (upright(font) ? labels + 12 : widest(source, font) + 10);
    double width = Math.max(left + cell * source.size(), Svg.width(title, 12)) + 1;
    double height = above + cell * output.size() + 1;
    Element picture = Svg.sheet(width, height, title);
    picture.add(Svg.ink().add(Svg.text("start", 0, 15, title).with("font-weight", "600")));
    picture.add(labels(left, above, cell, font));
    picture.add(grid(left, above, cell));
    picture.add(cells(left, above, cell));
    return picture;
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

  private Element labels(double left, double above, double cell, double font) {
    Element labels = Svg.ink().with("font-size", Svg.at(font));
    for (int column = 0; column < source.size(); column++) {
      double x = left + (column + 0.5) * cell;
      String symbol = shown(source.get(column));
      if (upright(font)) {
        labels.add(Svg.text("middle", x, above - 6, symbol));
      } else {
        double baseline = x + font * 0.35;
        labels.add(
            Svg.text("start", baseline, above - 6, symbol)
                .with(
                    "transform",
                    "rotate(-90 %s %s)".formatted(Svg.at(baseline), Svg.at(above - 6))));
      }
    }
    for (int row = 0; row < output.size(); row++) {
      double y = above + (row + 0.5) * cell + font * 0.35;
      labels.add(Svg.text("end", left - 6, y, shown(output.get(row))));
    }
    return labels;
  }

  private Element grid(double left, double above, double cell) {
    Element grid = Svg.grid();
    double right = left + cell * source.size();
    double bottom = above + cell * output.size();
    for (int row = 0; row <= output.size(); row++) {
      grid.add(Svg.line(left, above + row * cell, right, above + row * cell));
    }
    for (int column = 0; column <= source.size(); column++) {
      grid.add(Svg.line(left + column * cell, above, left + column * cell, bottom));
    }
    return grid;
  }

  private Element cells(double left, double above, double cell) {
    Element cells = Palette.group(style).with("fill", "currentColor");
    for (int row = 0; row < output.size(); row++) {
      for (int column = 0; column < source.size(); column++) {
        double weight = weights[row][column];
        if (weight >= VISIBLE) {
          cells.add(cell(left + column * cell, above + row * cell, cell, weight, row, column));
        }
      }
    }
    return cells;
  }

  private Element cell(double x, double y, double size, double weight, int row, int column) {
    String note =
        String.format(Locale.ROOT, "%s ← %s: %.2f", output.get(row), source.get(column), weight);
    return Element.of("rect", Element.of("title", note))
        .with("x", Svg.at(x))
        .with("y", Svg.at(y))
        .with("width", Svg.at(size))
        .with("height", Svg.at(size))
        .with("fill-opacity", String.format(Locale.ROOT, "%.3f", Math.min(1, weight)));
  }

  /** Whether column labels fit side by side without being turned. */
  private boolean upright(double font) {
    return source.stream().allMatch(symbol -> symbol.codePointCount(0, symbol.length()) <= 2)
        || widest(source, font) <= 18;
  }

  private static double widest(List<String> symbols, double font) {
    return symbols.stream().mapToDouble(s -> Svg.width(shown(s), font)).max().orElse(0);
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
