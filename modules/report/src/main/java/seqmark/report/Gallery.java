package seqmark.report;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import seqmark.report.chart.Chart;
import seqmark.report.markup.Element;
import seqmark.report.markup.Verbatim;

/** The charts of a report, which stand in the page and beside it as files. */
public final class Gallery {
  /** Far below what file systems take, with room for a number and an ending. */
  private static final int LONGEST = 120;

  /** The folder of the charts beside the page. */
  static final String FOLDER = "charts";

  private final Map<Chart, Verbatim> pictures = new LinkedHashMap<>();
  private final Set<String> names = new HashSet<>();

  /** Without charts yet. */
  Gallery() {}

  /** A file name made of labels, that no other chart has. */
  public String fileName(String... parts) {
    String whole = String.join("-", parts).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String name = whole.substring(0, Math.min(LONGEST, whole.length()));
    String unique = name;
    for (int i = 2; !names.add(unique); i++) {
      unique = name + "-" + i;
    }
    return unique;
  }

  /** Takes a chart in; returns it as a figure of the page, with links to its files. */
  public Element figure(Chart chart) {
    Verbatim drawn = chart.draw();
    pictures.put(chart, drawn);
    Element data = link(chart.file() + ".csv", "data");
    Element picture = link(chart.file() + ".svg", "SVG");
    return Element.of("figure", drawn, Element.of("figcaption", data, " ", picture));
  }

  /** All charts as they stand in the page. */
  Map<Chart, Verbatim> pictures() {
    return pictures;
  }

  private static Element link(String file, String text) {
    return Element.of("a", text).with("href", FOLDER + "/" + file);
  }
}
