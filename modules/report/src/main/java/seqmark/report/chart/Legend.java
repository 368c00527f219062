package seqmark.report.chart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import seqmark.report.chart.Line.Kind;
import seqmark.report.markup.Element;

/** Which line is which, in as many rows as it takes. */
final class Legend {
  private static final double ROW = 20;
  private static final double SIGN = 26;
  private static final double GAP = 16;

  private final List<List<Line>> rows = new ArrayList<>();

  /** A legend with an entry per label; several lines of a label look alike. */
  Legend(List<Line> lines, double width) {
    Map<String, Line> entries = new LinkedHashMap<>();
    lines.forEach(line -> entries.putIfAbsent(line.label(), line));
    double used = width;
    for (Line entry : entries.values()) {
      if (used > 0 && used + width(entry) - GAP > width) {
        rows.add(new ArrayList<>());
        used = 0;
      }
      rows.getLast().add(entry);
      used += width(entry);
    }
  }

  double height() {
    return ROW * rows.size();
  }

  /** Adds it to a picture, below this height. */
  void draw(Element picture, double top) {
    double base = top + 14;
    for (List<Line> row : rows) {
      double left = 0;
      for (Line entry : row) {
        picture.add(sign(entry, left, base - 4));
        picture.add(Svg.muted().add(Svg.text("start", left + SIGN, base, entry.label())));
        left += width(entry);
      }
      base += ROW;
    }
  }

  private static Element sign(Line entry, double left, double middle) {
    Element sign = Palette.group(entry.style());
    if (entry.kind() != Kind.MARKERS) {
      sign.add(Palette.stroke(Svg.line(left, middle, left + 20, middle), entry));
    }
    if (entry.kind() == Kind.MARKED || entry.kind() == Kind.MARKERS) {
      sign.add(Palette.marker(entry.style(), left + 10, middle));
    }
    return sign;
  }

  private static double width(Line entry) {
    return SIGN + Svg.width(entry.label(), 12) + GAP;
  }
}
