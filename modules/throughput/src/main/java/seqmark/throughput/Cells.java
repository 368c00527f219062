package seqmark.throughput;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import seqmark.report.Numbers;
import seqmark.report.markup.Element;

/** Tables and what stands in their cells. */
final class Cells {
  /** Where there is no number. */
  static final String NONE = "–";

  private Cells() {}

  /** A table that scrolls sideways by itself; the first {@code words} columns are no numbers. */
  static Element table(int words, List<String> titles, List<Element> rows) {
    Element head = Element.of("tr");
    for (int i = 0; i < titles.size(); i++) {
      Element title = Element.of("th", titles.get(i)).with("scope", "col");
      head.add(title.with("class", i < words ? "line" : "num"));
    }
    Element table = Element.of("table", Element.of("thead", head), Element.of("tbody", rows));
    return Element.of("div", table).with("class", "scroll");
  }

  /** A row whose first cell is its name. */
  static Element row(Object name, Element... cells) {
    return Element.of("tr", Element.of("th", name).with("scope", "row"), Stream.of(cells).toList());
  }

  static Element text(Object content) {
    return Element.of("td", content);
  }

  static Element number(Object content) {
    return Element.of("td", content).with("class", "num");
  }

  /** A number with small print below. */
  static Element number(Object content, String below) {
    return number(content).add(Element.of("span", below).with("class", "sub"));
  }

  /** Nanoseconds in a unit that suits them, for instance {@code 3.42 ms}. */
  static String time(double nanos) {
    if (nanos < 1e3) {
      return Numbers.significant(nanos) + " ns";
    } else if (nanos < 1e6) {
      return Numbers.significant(nanos / 1e3) + " µs";
    } else if (nanos < 1e9) {
      return Numbers.significant(nanos / 1e6) + " ms";
    }
    return Numbers.significant(nanos / 1e9) + " s";
  }

  /** A time with its interval below; a dash if there is none. */
  static Element time(Optional<Estimate> nanos) {
    return nanos
        .map(e -> number(time(e.mean()), "[%s–%s]".formatted(time(e.low()), time(e.high()))))
        .orElse(number(NONE));
  }

  /** A count with its interval below; a dash if there is none. */
  static Element count(Optional<Estimate> count) {
    return count
        .map(e ->
            number(
                Element.of("b", Numbers.count(e.mean())),
                "[%s–%s]".formatted(Numbers.count(e.low()), Numbers.count(e.high()))))
        .orElse(number(NONE));
  }

  /** A share in per cent, if both sides are there. */
  static String share(double part, Optional<Estimate> whole) {
    return whole
        .map(w -> String.format(Locale.ROOT, "%.0f%% of peak", 100 * part / w.mean()))
        .orElse("");
  }
}
