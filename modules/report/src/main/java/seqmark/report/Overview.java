package seqmark.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import seqmark.harness.Interval;
import seqmark.report.chart.Palette;
import seqmark.report.markup.Element;

/** All tasks and all models in one table: each task's deciding metric, shaded from chance up. */
record Overview(List<Comparison> comparisons) {
  /** With fewer tasks the verdicts are overview enough. */
  private static final int ENOUGH_TASKS = 4;

  private static final double DARKEST = 0.42;

  /** The table; empty if there are few tasks. */
  Optional<Element> section() {
    List<Comparison> known = comparisons.stream().filter(c -> !c.measures().isEmpty()).toList();
    if (known.size() < ENOUGH_TASKS) {
      return Optional.empty();
    }
    Map<Integer, String> models = new TreeMap<>();
    for (Comparison comparison : known) {
      comparison.contenders().forEach(c -> models.put(c.style(), c.model()));
    }
    Element head = Element.of("tr", Element.of("th", "Task"), Element.of("th", "Metric"));
    models.forEach((style, model) -> head.add(ResultTable.number(model, "th")));
    head.add(ResultTable.number("chance", "th"));
    Element body =
        Element.of("tbody", known.stream().map(c -> row(c, List.copyOf(models.keySet()))).toList());
    return Optional.of(
        Element.of(
                "section",
                Element.of("h2", "All tasks at a glance"),
                Element.of(
                        "p",
                        "The metric that decides each task, on its test set. The darker, the further"
                            + " from chance; bold is the best, with all whose 95% intervals overlap"
                            + " the best one's.")
                    .with("class", "note"),
                ResultTable.scrolling(
                    Element.of("table", Element.of("thead", head), body).with("class", "overview")))
            .with("id", "overview"));
  }

  private Element row(Comparison comparison, List<Integer> models) {
    Measure measure = comparison.primary();
    Chance chance = new Chance(comparison);
    Element task =
        Element.of("a", comparison.task())
            .with("href", "#task-" + (comparisons.indexOf(comparison) + 1));
    Element row =
        Element.of(
            "tr",
            Element.of("th", task).with("scope", "row"),
            Element.of("td", measure.name() + (measure.higherIsBetter() ? " ↑" : " ↓"))
                .with("class", "status"));
    Optional<Interval> best = comparison.contenders().getFirst().metric(measure);
    for (int model : models) {
      Optional<Interval> metric =
          comparison.contenders().stream()
              .filter(c -> c.style() == model)
              .findFirst()
              .flatMap(c -> c.metric(measure));
      row.add(
          metric
              .map(m -> cell(m, best.orElse(m), measure, chance.level(measure)))
              .orElse(ResultTable.number("–")));
    }
    double level = chance.level(measure);
    return row.add(ResultTable.number(Double.isFinite(level) ? measure.format(level) : "–"));
  }

  private static Element cell(Interval metric, Interval best, Measure measure, double chance) {
    String text = measure.format(metric.mean());
    Element cell =
        ResultTable.number(metric.overlaps(best) ? Element.of("b", text) : text)
            .with("title", measure.format(metric));
    double above = skill(metric.mean(), measure, chance);
    return above > 0
        ? cell.with(
            "style",
            String.format(
                Locale.ROOT,
                "background: %s%02x",
                Palette.SHADE,
                Math.round(255 * DARKEST * above)))
        : cell;
  }

  /** 0 at chance, 1 where nothing is left to learn. */
  private static double skill(double value, Measure measure, double chance) {
    double skill =
        measure.higherIsBetter() ? (value - chance) / (1 - chance) : (chance - value) / chance;
    return measure.isShare() && Double.isFinite(skill) ? Math.clamp(skill, 0, 1) : 0;
  }
}
