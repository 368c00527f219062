package seqmark.report;

import java.util.List;
import java.util.Optional;
import seqmark.harness.Experiment;
import seqmark.harness.Statistics;
import seqmark.harness.TrialResult;
import seqmark.harness.TrialResult.Status;
import seqmark.report.chart.XyChart;
import seqmark.report.markup.Element;

/** The page: verdicts first, then each task, then every trial and how it was run. */
final class Page {
  private final Experiment experiment;
  private final Gallery gallery;
  private final List<Comparison> comparisons;
  private final TrialTable trials;

  Page(Experiment experiment, Gallery gallery) {
    this.experiment = experiment;
    this.gallery = gallery;
    this.comparisons = Comparison.of(experiment);
    this.trials = new TrialTable(experiment);
  }

  /** All below the header; its charts are in the gallery afterwards. */
  Element main() {
    Element main = Element.of("main");
    new Overview(comparisons).section().ifPresent(main::add);
    main.add(verdicts(), losses(), slowOps());
    for (int i = 0; i < comparisons.size(); i++) {
      main.add(task(comparisons.get(i), "task-" + (i + 1)));
    }
    return main.add(allTrials(), new Provenance(experiment).section());
  }

  Element header() {
    return Element.of(
        "header",
        Element.of("p", "Seqmark report").with("class", "kicker"),
        Element.of("h1", experiment.name()),
        Element.of("p", size()).with("class", "note"),
        navigation());
  }

  private Element navigation() {
    Element nav = Element.of("nav");
    for (int i = 0; i < comparisons.size(); i++) {
      nav.add(Element.of("a", comparisons.get(i).task()).with("href", "#task-" + (i + 1)), " ");
    }
    return nav.add(
        Element.of("a", "all trials").with("href", "#trials"),
        " ",
        Element.of("a", "how this was run").with("href", "#run"));
  }

  private String size() {
    List<TrialResult> all = experiment.trials();
    long finished = all.stream().filter(t -> t.status() == Status.FINISHED).count();
    return "%s on %s, %s; %d of %d trials finished"
        .formatted(
            plural(all.stream().map(TrialResult::model).distinct().count(), "model"),
            plural(comparisons.size(), "task"),
            plural(all.stream().map(TrialResult::seed).distinct().count(), "seed"),
            finished,
            all.size());
  }

  private Element verdicts() {
    Element cards = Element.of("div").with("class", "cards");
    for (Comparison comparison : comparisons) {
      Verdict verdict = Verdict.of(comparison);
      cards.add(
          Element.of(
                  "div",
                  Element.of("p", comparison.task()).with("class", "kicker"),
                  Element.of("p", verdict.headline()).with("class", "headline"),
                  Element.of("p", verdict.detail()).with("class", "note"))
              .with("class", "card"));
    }
    return cards;
  }

  private List<Element> losses() {
    List<Element> losses = trials.losses();
    if (losses.isEmpty()) {
      return List.of();
    }
    return List.of(
        Element.of(
                "div",
                Element.of("p", Element.of("b", plural(losses.size(), "trial") + " lost")),
                Element.of("ul", losses))
            .with("class", "card warning"));
  }

  private List<Element> slowOps() {
    return experiment.referenceOps().entrySet().stream()
        .map(e ->
            Element.of(
                    "div",
                    Element.of("p", Element.of("b", e.getKey()), " is slower than it has to be"),
                    Element.of(
                        "p",
                        "Its own ops ("
                            + e.getValue()
                            + ") have no kernel on this backend and ran their float64 reference: its"
                            + " speed and time say nothing about the architecture."))
                .with("class", "card warning"))
        .toList();
  }

  private Element task(Comparison comparison, String id) {
    Element section =
        Element.of(
            "section", Element.of("h2", comparison.task()), new ResultTable(comparison).table());
    DifficultyCharts difficulty = new DifficultyCharts(comparison, gallery);
    chartSection(
            "Quality against " + difficulty.difficulty(),
            "Mean over seeds; the band is the 95% interval. What fewer than "
                + DifficultyCharts.ENOUGH_EXAMPLES
                + " test examples have in common is left out. The dotted line is what guessing"
                + " scores.",
            difficulty.charts())
        .ifPresent(section::add);
    chartSection(
            "Learning curves",
            "Validation during training: mean over seeds with its 95% interval; thin lines are "
                + "single seeds that trained longer, and a dashed line with a cross is a seed that "
                + "was lost. Times include the warm-up of the JVM, which the first trials of a run "
                + "pay for.",
            new LearningCurves(comparison, gallery).charts())
        .ifPresent(section::add);
    new AttentionMaps(comparison, gallery).section().ifPresent(section::add);
    new SampleTable(comparison).section().ifPresent(section::add);
    if (!comparison.measures().isEmpty()) {
      chartSection(
              "Quality against cost",
              "Mean over seeds; whiskers are 95% intervals.",
              new TradeOffs(comparison, gallery).charts())
          .ifPresent(section::add);
      new SettingsTable(comparison, Statistics.rows(experiment)).section().ifPresent(section::add);
    }
    return section.with("id", id);
  }

  private Optional<Element> chartSection(String title, String note, List<XyChart> charts) {
    if (charts.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Element.of(
            "div",
            Element.of("h3", title),
            Element.of("p", note).with("class", "note"),
            Element.of("div", charts.stream().map(gallery::figure).toList())
                .with("class", "charts")));
  }

  private Element allTrials() {
    return Element.of(
            "section",
            Element.of("h2", "All trials"),
            Element.of(
                "details",
                Element.of("summary", plural(experiment.trials().size(), "trial")),
                trials.table()))
        .with("id", "trials");
  }

  private static String plural(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
