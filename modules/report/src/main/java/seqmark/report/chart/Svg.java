package seqmark.report.chart;

import java.util.Locale;
import seqmark.report.markup.Element;

/** The parts of pictures that all charts share. */
final class Svg {
  /** Fonts that look at home on the reader's machine. */
  private static final String FONTS =
      "system-ui, -apple-system, Segoe UI, Roboto, Helvetica Neue, Arial, sans-serif";

  private static final int MARGIN = 10;
  private static final String PAPER = "#ffffff";
  private static final String INK = "#1c2127";
  private static final String MUTED = "#5b6570";
  private static final String GRID = "#e3e7eb";

  private Svg() {}

  /** An empty picture of this size in pixels; it scales to the place it is put in. */
  static Element picture(double width, double height, String title) {
    return Element.of("svg", Element.of("title", title))
        .with("xmlns", "http://www.w3.org/2000/svg")
        .with("viewBox", "0 0 " + at(width) + " " + at(height))
        .with("width", at(width))
        .with("height", at(height))
        .with("role", "img")
        .with("font-family", FONTS)
        .with("font-size", "12");
  }

  /** The same on paper, with a margin around it: it may stand alone on a page of any colour. */
  static Element sheet(double width, double height, String title) {
    double fullWidth = width + 2 * MARGIN;
    double fullHeight = height + 2 * MARGIN;
    Element paper =
        Element.of("rect")
            .with("class", "paper")
            .with("x", -MARGIN)
            .with("y", -MARGIN)
            .with("width", at(fullWidth))
            .with("height", at(fullHeight))
            .with("fill", PAPER);
    return picture(fullWidth, fullHeight, title)
        .with("class", "chart")
        .with("viewBox", "%d %1$d %s %s".formatted(-MARGIN, at(fullWidth), at(fullHeight)))
        .add(paper);
  }

  /** A group in the colour of headings. */
  static Element ink() {
    return Element.of("g").with("class", "ink").with("color", INK);
  }

  /** A group in the colour of labels. */
  static Element muted() {
    return Element.of("g").with("class", "muted").with("color", MUTED);
  }

  /** A group in the colour of grid lines. */
  static Element grid() {
    return Element.of("g").with("class", "grid").with("color", GRID);
  }

  /**
   * Text on a base line.
   *
   * @param anchor which part of the text stands at x: {@code start}, {@code middle}, {@code end}
   */
  static Element text(String anchor, double x, double y, String text) {
    return Element.of("text", text)
        .with("x", at(x))
        .with("y", at(y))
        .with("text-anchor", anchor)
        .with("fill", "currentColor");
  }

  /** A straight line, one pixel wide. */
  static Element line(double x1, double y1, double x2, double y2) {
    return Element.of("line")
        .with("x1", at(x1))
        .with("y1", at(y1))
        .with("x2", at(x2))
        .with("y2", at(y2))
        .with("stroke", "currentColor");
  }

  /** A coordinate: a tenth of a pixel is enough. */
  static String at(double coordinate) {
    String text = String.format(Locale.ROOT, "%.1f", coordinate + 0.0);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  /** About how wide a text is, in pixels: no font is at hand when pictures are made. */
  static double width(String text, double fontSize) {
    return fontSize * text.codePoints().mapToDouble(Svg::advance).sum();
  }

  private static double advance(int c) {
    if ("iljtfrI.,:;'|!()[] ".indexOf(c) >= 0) {
      return 0.34;
    }
    if ("mwMW@%".indexOf(c) >= 0 || c >= 0x1100) {
      return 0.95;
    }
    return Character.isUpperCase(c) ? 0.68 : 0.57;
  }
}
