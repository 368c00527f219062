package seqmark.report.chart;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.PathIterator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.AxesChartStyler.TextAlignment;
import seqmark.report.markup.Element;
import seqmark.report.markup.Verbatim;

/**
 * What XChart paints on, and SVG afterwards. XChart fills the outlines of letters, which makes
 * pictures ten times as large and mute; here they become text again. Its clip paths, named by
 * identity hashes, are left out: axes reach as far as the data.
 */
final class SvgCanvas extends VectorGraphics2D {
  /** Where it is missing, Java takes its sans-serif, which is laid out at half the speed. */
  private static final String FONT = "DejaVu Sans";

  static final Font HEADING = new Font(FONT, Font.BOLD, 13);
  static final Font BODY = new Font(FONT, Font.PLAIN, 11);

  private static final double UPWARDS = -Math.PI / 2;
  private static final Color INK = new Color(0x1c2127);
  private static final Color MUTED = new Color(0x4d5762);
  private static final Color GRID = new Color(0xe3e7eb);

  /** Then fonts that are as wide, since places were found with its widths. */
  private static final String FAMILY = FONT + ", Verdana, Geneva, sans-serif";

  /** What is so anyway, or is said once for the whole picture. */
  private static final String SAYS_NOTHING =
      "stroke:none;|stroke-miterlimit:10;|stroke-linecap:square;"
          + "|font-family:(&quot;[^&]*&quot;|[^;]*);";

  private static final Pattern TAG = Pattern.compile("<[^>]*>");
  private static final Pattern FRACTION = Pattern.compile("-?\\d+\\.\\d+(E-\\d+)?");

  private final Map<List<Float>, Label> labels = new HashMap<>();

  /** What XChart was given for each text in each font. It asks for the same ticks many times. */
  private final Map<List<Object>, String> standIns = new HashMap<>();

  private record Label(String text, Font font, double angle, float y) {}

  /**
   * Takes note of a text that will be drawn, upright or turned.
   *
   * @return what to give to XChart in its place
   */
  String text(String text) {
    return text(text, BODY, 0);
  }

  /** The same for a chart's title. */
  String heading(String text) {
    return text(text, HEADING, 0);
  }

  /** The same for a legend, whose lines XChart lowers by what reaches below the base line. */
  String legend(String text) {
    return text(text, BODY, -1);
  }

  /** The same below a horizontal axis, where XChart puts commas and apostrophes on one height. */
  String below(String text) {
    return text(text, BODY, 1);
  }

  private String text(String text, Font font, int depths) {
    String drawn = Element.printable(text.isEmpty() ? " " : text).replaceAll("[\\t\\n]", " ");
    return standIns.computeIfAbsent(List.of(drawn, font), key -> standIn(drawn, font, depths));
  }

  /**
   * The text itself, or a number in its place if something else looks the same: a font without
   * Chinese makes boxes of it all. What is drawn in the end is the text.
   */
  private String standIn(String text, Font font, int depths) {
    String candidate = text;
    for (int i = 0; ; i++) {
      TextLayout layout = new TextLayout(candidate, font, getFontRenderContext());
      Shape upright = layout.getOutline(null);
      if (labels.containsKey(segments(upright))) {
        candidate = String.format(Locale.ROOT, "%0" + 2 * text.length() + "d", i);
        continue;
      }
      float y = depths * (float) upright.getBounds2D().getMaxY();
      labels.put(segments(upright), new Label(text, font, 0, y));
      Shape turned = layout.getOutline(AffineTransform.getRotateInstance(UPWARDS));
      labels.putIfAbsent(segments(turned), new Label(text, font, UPWARDS, 0));
      return candidate;
    }
  }

  /** How wide a text is, in pixels. */
  double width(String text, Font font) {
    return font.getStringBounds(text, getFontRenderContext()).getWidth();
  }

  /** How high a line of text is, in pixels. */
  double height(Font font) {
    return font.getStringBounds("X", getFontRenderContext()).getHeight();
  }

  /** The look that all charts share. */
  static void style(AxesChartStyler styler) {
    styler
        .setAxisTitleFont(BODY)
        .setAxisTickLabelsFont(BODY)
        .setAxisTickLabelsColor(MUTED)
        .setAxisTickMarksColor(GRID)
        .setAxisTickMarkLength(4)
        .setYAxisLabelAlignment(TextAlignment.Right)
        .setPlotGridLinesColor(GRID)
        .setPlotGridLinesStroke(Palette.stroke(1))
        .setPlotMargin(0)
        .setChartTitleFont(HEADING)
        .setChartFontColor(INK)
        .setChartTitleBoxVisible(false)
        .setChartBackgroundColor(Color.WHITE)
        .setPlotBorderVisible(false)
        .setPlotContentSize(1)
        .setLegendFont(BODY)
        .setLegendBorderColor(Color.WHITE);
  }

  /** Paints a chart and returns the picture, an {@code svg} element. */
  Verbatim paint(Chart<?, ?> chart, String title) {
    chart.paint(this, chart.getWidth(), chart.getHeight());
    PageSize size = new PageSize(chart.getWidth(), chart.getHeight());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      new SVGProcessor().getDocument(getCommands(), size).writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String document = bytes.toString(StandardCharsets.UTF_8);
    String body = document.substring(document.indexOf('>', document.indexOf("<svg")) + 1);
    return new Verbatim(head(chart, title) + compact(body).strip());
  }

  @Override
  public void fill(Shape shape) {
    List<Float> segments = segments(shape);
    Label label = labels.get(segments);
    if (segments.isEmpty()) {
      return;
    }
    if (label == null) {
      super.fill(shape);
      return;
    }
    AffineTransform before = getTransform();
    rotate(label.angle());
    setFont(label.font());
    drawString(label.text(), 0, label.y());
    setTransform(before);
  }

  @Override
  public void setClip(Shape clip) {
    // See above.
  }

  private static String head(Chart<?, ?> chart, String title) {
    Element svg =
        Element.of("svg", Element.of("title", title))
            .with("xmlns", "http://www.w3.org/2000/svg")
            .with("class", "chart")
            .with("role", "img")
            .with("viewBox", "0 0 " + chart.getWidth() + " " + chart.getHeight())
            .with("width", chart.getWidth())
            .with("height", chart.getHeight())
            .with("font-family", FAMILY);
    return svg.toString().replaceFirst("</svg>$", "");
  }

  /** Shortens tags, and leaves the text between them as it is. */
  private static String compact(String svg) {
    return TAG.matcher(svg).replaceAll(tag -> shorten(tag.group())).replaceAll("\n\\s+", "\n");
  }

  private static String shorten(String tag) {
    return FRACTION
        .matcher(tag.replaceAll(SAYS_NOTHING, ""))
        .replaceAll(number -> round(Double.parseDouble(number.group())));
  }

  private static String round(double number) {
    String text = String.format(Locale.ROOT, "%.1f", number).replaceFirst("\\.0$", "");
    return text.equals("-0") ? "0" : text;
  }

  private static List<Float> segments(Shape shape) {
    List<Float> segments = new ArrayList<>();
    float[] points = new float[6];
    for (PathIterator i = shape.getPathIterator(null); !i.isDone(); i.next()) {
      segments.add((float) i.currentSegment(points));
      for (float point : points) {
        segments.add(point);
      }
    }
    return segments;
  }
}
