package seqmark.report;

import java.util.List;
import java.util.Optional;
import seqmark.harness.Interval;
import seqmark.harness.Statistics;
import seqmark.harness.TrialResult;
import seqmark.harness.TrialResult.CurvePoint;
import seqmark.report.markup.Element;

/** The settings of the grid that were tried, and what validation said of them. */
record SettingsTable(Comparison comparison, List<Statistics.Row> rows) {

  /** The table; empty if there was nothing to choose. */
  Optional<Element> section() {
    List<Statistics.Row> tried =
        rows.stream()
            .filter(r -> r.task().equals(comparison.task()) && !r.setting().isEmpty())
            .toList();
    if (tried.isEmpty()) {
      return Optional.empty();
    }
    Measure measure = comparison.primary();
    Element head =
        Element.of(
            "tr",
            Element.of("th", "Model"),
            Element.of("th", "Setting"),
            Element.of("th", "Validation " + measure.name()).with("class", "num"),
            Element.of("th", ""));
    Element body = Element.of("tbody", tried.stream().map(r -> row(r, measure)).toList());
    return Optional.of(
        Element.of(
            "div",
            Element.of("h3", "Settings that were tried"),
            Element.of("p", "Validation chose; the test set had no say.").with("class", "note"),
            ResultTable.scrolling(Element.of("table", Element.of("thead", head), body))));
  }

  private static Element row(Statistics.Row row, Measure measure) {
    List<Double> values =
        row.trials().stream().map(t -> validation(t, measure)).filter(Double::isFinite).toList();
    String text = "–";
    if (values.size() == 1) {
      text = measure.format(values.getFirst());
    } else if (!values.isEmpty()) {
      Interval interval = Statistics.overSeeds(values);
      text = measure.format(interval);
    }
    return Element.of(
        "tr",
        Element.of("td", row.model()),
        Element.of("td", ResultTable.text(row.setting())),
        ResultTable.number(text),
        Element.of("td", row.chosen() ? "chosen" : "").with("class", "status"));
  }

  /** The metric at the step whose weights were kept; NaN if it was not taken. */
  private static double validation(TrialResult trial, Measure measure) {
    return trial.curve().stream()
        .filter(p -> p.step() == trial.bestStep())
        .map(CurvePoint::metrics)
        .map(metrics -> metrics.getOrDefault(measure.name(), Double.NaN))
        .findFirst()
        .orElse(Double.NaN);
  }
}
