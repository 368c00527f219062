package seqmark.report.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import seqmark.report.markup.Element;

/**
 * Colours and markers by number. The colours are those of Okabe and Ito (2008), which people with
 * any kind of colour vision tell apart, with the pale ones darkened for a white page; markers and
 * dashes differ too.
 */
public final class Palette {
  private static final List<String> COLOURS =
      List.of(
          "#0072b2", "#d55e00", "#009e73", "#b8528f", "#b07d00", "#2e9bd6", "#6b6b6b", "#7a4fc0");
  private static final List<Marker> MARKERS =
      List.of(
          SeriesMarkers.CIRCLE,
          SeriesMarkers.SQUARE,
          SeriesMarkers.TRIANGLE_UP,
          SeriesMarkers.DIAMOND);
  private static final int PALE = 48;

  /**
   * What tables are shaded with, as stylesheets write it, to be followed by two digits of opacity.
   */
  public static final String SHADE = "#0072b2";

  /** What no model is drawn with. */
  static final Color REFERENCE = new Color(0x8a, 0x93, 0x9c);

  private Palette() {}

  /** A spot of this colour, to stand before a name. */
  public static Element spot(int style) {
    Element circle = Element.of("circle").with("cx", 5).with("cy", 5).with("r", 5);
    return Element.of("svg", circle)
        .with("class", "spot")
        .with("viewBox", "0 0 10 10")
        .with("width", "10")
        .with("height", "10")
        .with("fill", hex(style))
        .with("aria-hidden", "true");
  }

  /** A colour as stylesheets write it. */
  static String hex(int style) {
    return COLOURS.get(style % COLOURS.size());
  }

  static Color colour(int style) {
    return Color.decode(hex(style));
  }

  /** The same colour for areas: what lies below shows through. */
  static Color pale(int style) {
    Color colour = colour(style);
    return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), PALE);
  }

  /** Whether another style has the same colour. */
  static boolean repeats(int style) {
    return style >= COLOURS.size();
  }

  static Marker marker(int style) {
    return MARKERS.get(style % MARKERS.size());
  }

  static BasicStroke stroke(float width, float... dashes) {
    return new BasicStroke(
        width,
        BasicStroke.CAP_BUTT,
        BasicStroke.JOIN_ROUND,
        10,
        dashes.length == 0 ? null : dashes,
        0);
  }
}
