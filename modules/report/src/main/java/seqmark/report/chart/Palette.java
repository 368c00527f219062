package seqmark.report.chart;

import static seqmark.report.chart.Svg.at;

import seqmark.report.chart.Line.Kind;
import seqmark.report.markup.Element;

/**
 * Colours and markers by number. The colours are those of Okabe and Ito (2008), which people with
 * any kind of colour vision tell apart, with the pale ones darkened for a white page; markers and
 * dashes differ too. The stylesheet has lighter ones for dark pages.
 */
public final class Palette {
  private static final String[] COLOURS = {
    "#0072b2", "#d55e00", "#009e73", "#b8528f", "#b07d00", "#2e9bd6", "#6b6b6b", "#7a4fc0"
  };
  private static final int MARKERS = 4;

  private Palette() {}

  /** A group of shapes in this colour: they paint with {@code currentColor}. */
  public static Element group(int style) {
    int colour = style % COLOURS.length;
    return Element.of("g").with("class", "s" + colour).with("color", COLOURS[colour]);
  }

  /** A spot of this colour, to stand before a name. */
  public static Element spot(int style) {
    Element circle =
        Element.of("circle").with("cx", 5).with("cy", 5).with("r", 5).with("fill", "currentColor");
    return Element.of("svg", group(style).add(circle))
        .with("class", "spot")
        .with("viewBox", "0 0 10 10")
        .with("width", "10")
        .with("height", "10")
        .with("aria-hidden", "true");
  }

  /** Gives a shape the stroke of a line: dashed if lost, or if its number is beyond the colours. */
  static Element stroke(Element shape, Line line) {
    boolean thin = line.kind() == Kind.SINGLE || line.kind() == Kind.LOST;
    shape.with("stroke", "currentColor").with("stroke-width", thin ? "1.2" : "2");
    if (line.kind() == Kind.LOST) {
      return shape.with("stroke-dasharray", "4 3");
    }
    return line.style() < COLOURS.length ? shape : shape.with("stroke-dasharray", "7 3");
  }

  /** A marker at a place: circle, square, triangle or diamond. */
  static Element marker(int style, double x, double y) {
    Element shape =
        switch (style % MARKERS) {
          case 0 -> Element.of("circle").with("cx", at(x)).with("cy", at(y)).with("r", "3.5");
          case 1 -> polygon(x, y, -3.2, -3.2, 3.2, -3.2, 3.2, 3.2, -3.2, 3.2);
          case 2 -> polygon(x, y, 0, -4.2, 4, 3, -4, 3);
          default -> polygon(x, y, 0, -4.5, 4.5, 0, 0, 4.5, -4.5, 0);
        };
    return shape.with("fill", "currentColor");
  }

  private static Element polygon(double x, double y, double... corners) {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < corners.length; i += 2) {
      points.append(i == 0 ? "" : " ").append(at(x + corners[i])).append(',');
      points.append(at(y + corners[i + 1]));
    }
    return Element.of("polygon").with("points", points);
  }
}
