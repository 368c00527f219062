package seqmark.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import seqmark.harness.Interval;
import seqmark.harness.TrialResult;
import seqmark.report.chart.IntervalStrip;
import seqmark.report.chart.Palette;
import seqmark.report.markup.Element;

/** The models on a task: quality with intervals, and what it cost. */
record ResultTable(Comparison comparison) {
  private static final String NONE = "–";
  private static final int COSTS = 5;

  Element table() {
    Element head = Element.of("thead", head());
    Element body = Element.of("tbody", comparison.contenders().stream().map(this::row).toList());
    if (!comparison.measures().isEmpty()) {
      body.add(chance());
    }
    return scrolling(Element.of("table", head, body).with("class", "results"));
  }

  /** A table that scrolls sideways by itself where it is wider than the page. */
  static Element scrolling(Element table) {
    return Element.of("div", table).with("class", "scroll");
  }

  /** A cell with a number: aligned right. */
  static Element number(Object content) {
    return number(content, "td");
  }

  /** The same as another element, {@code th} for a title. */
  static Element number(Object content, String element) {
    return Element.of(element, content).with("class", "num");
  }

  /** A model's name behind a spot of its colour. */
  static Element name(Contender contender) {
    Element name =
        Element.of("th", Palette.spot(contender.style()), contender.model()).with("scope", "row");
    if (!contender.setting().isEmpty()) {
      name.add(sub(text(contender.setting())));
    }
    boolean complete = contender.finished().size() == contender.trials().size();
    return name.add(sub(contender.status()).with("class", complete ? "sub" : "sub lost"));
  }

  /** A setting of the grid in one line. */
  static String text(Map<String, String> setting) {
    return setting.entrySet().stream()
        .map(e -> e.getKey() + " = " + e.getValue())
        .collect(Collectors.joining(", "));
  }

  private Element head() {
    Element head = Element.of("tr", Element.of("th", "Model").with("scope", "col"));
    for (Measure measure : comparison.measures()) {
      String better = measure.higherIsBetter() ? "higher is better" : "lower is better";
      head.add(column(measure.name(), better));
      if (measure.equals(comparison.primary())) {
        String range = strip().range(measure::format);
        head.add(Element.of("th", "95% interval", sub(range)).with("scope", "col"));
      }
    }
    return head.add(
        column("Parameters", ""),
        column("FLOPs", "per token"),
        column("Speed", "tokens/s"),
        column("Memory", "peak"),
        column("Time", "per seed"));
  }

  private static Element column(String title, String explanation) {
    return Element.of("th", title, sub(explanation)).with("scope", "col").with("class", "num");
  }

  private static Element sub(String text) {
    return Element.of("span", text).with("class", "sub");
  }

  private Element row(Contender contender) {
    Element row = Element.of("tr", name(contender));
    for (Measure measure : comparison.measures()) {
      Optional<Interval> metric = contender.metric(measure);
      row.add(metric.map(m -> quality(measure, m)).orElse(number(NONE)));
      if (measure.equals(comparison.primary())) {
        Element cell = Element.of("td");
        metric.ifPresent(m -> cell.add(strip().draw(m, contender.style())));
        row.add(cell);
      }
    }
    return row.add(
        cost(contender, TrialResult::parameters, Numbers::count),
        cost(contender, TrialResult::flopsPerToken, Numbers::count),
        cost(contender, TrialResult::trainTokensPerSecond, Numbers::count),
        cost(contender, TrialResult::peakBytes, Numbers::bytes),
        cost(contender, TrialResult::trainSeconds, Numbers::duration));
  }

  private Element chance() {
    Chance chance = new Chance(comparison);
    Element row =
        Element.of(
            "tr", Element.of("th", "chance", sub("the best way of guessing")).with("scope", "row"));
    for (Measure measure : comparison.measures()) {
      double level = chance.level(measure);
      row.add(number(Double.isFinite(level) ? measure.format(level) : NONE));
      if (measure.equals(comparison.primary())) {
        row.add(Element.of("td"));
      }
    }
    for (int cost = 0; cost < COSTS; cost++) {
      row.add(Element.of("td"));
    }
    return row.with("class", "chance");
  }

  private static Element quality(Measure measure, Interval metric) {
    Element mean = Element.of("b", measure.format(metric.mean()));
    return number(mean).add(sub(measure.bounds(metric)));
  }

  private static Element cost(
      Contender contender, ToDoubleFunction<TrialResult> property, DoubleFunction<String> format) {
    double mean = contender.mean(property);
    return number(Double.isFinite(mean) ? format.apply(mean) : NONE);
  }

  private IntervalStrip strip() {
    List<Interval> all =
        comparison.contenders().stream()
            .flatMap(c -> c.metric(comparison.primary()).stream())
            .toList();
    return IntervalStrip.over(all);
  }
}
