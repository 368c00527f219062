package seqmark.report;

import java.util.List;
import seqmark.harness.Experiment;
import seqmark.harness.TrialResult;
import seqmark.harness.TrialResult.Status;
import seqmark.report.markup.Element;

/** Every single trial, the lost ones included. */
record TrialTable(Experiment experiment) {
  /** So many characters of a hash tell trials apart. */
  private static final int HASH = 12;

  /** One line per trial that was lost; empty if none was. */
  List<Element> losses() {
    return experiment.trials().stream()
        .filter(t -> t.status() == Status.DIVERGED || t.status() == Status.FAILED)
        .map(t ->
            Element.of(
                "li",
                Element.of("b", t.id()),
                " ",
                word(t.status()) + " after " + t.steps() + " steps" + reason(t)))
        .toList();
  }

  Element table() {
    Element head =
        Element.of(
            "tr",
            List.of("Trial", "Seed", "Setting", "Status").stream()
                .map(title -> Element.of("th", title))
                .toList(),
            List.of("Steps", "Best step", "First metric, test", "Time").stream()
                .map(title -> Element.of("th", title).with("class", "num"))
                .toList(),
            Element.of("th", "Weights (SHA-256)"));
    Element body = Element.of("tbody", experiment.trials().stream().map(TrialTable::row).toList());
    return ResultTable.scrolling(Element.of("table", Element.of("thead", head), body));
  }

  private static Element row(TrialResult trial) {
    boolean finished = trial.status() == Status.FINISHED;
    String hash = trial.weightsHash();
    return Element.of(
        "tr",
        Element.of("td", trial.id()),
        Element.of("td", trial.seed()),
        Element.of("td", trial.setting().isEmpty() ? "–" : ResultTable.text(trial.setting())),
        Element.of("td", word(trial.status()) + reason(trial))
            .with("class", finished ? "status" : "status lost"),
        ResultTable.number(trial.steps()),
        ResultTable.number(finished ? trial.bestStep() : "–"),
        ResultTable.number(firstMetric(trial)),
        ResultTable.number(Numbers.duration(trial.trainSeconds())),
        Element.of(
            "td",
            Element.of("code", hash.substring(0, Math.min(HASH, hash.length())))
                .with("title", hash)));
  }

  private static String firstMetric(TrialResult trial) {
    return trial.metrics().entrySet().stream()
        .findFirst()
        .map(e ->
            new Measure(e.getKey(), trial.higherIsBetter().get(e.getKey())).format(e.getValue()))
        .orElse("–");
  }

  private static String reason(TrialResult trial) {
    return trial.message().isEmpty() ? "" : ": " + trial.message();
  }

  private static String word(Status status) {
    return switch (status) {
      case OPEN -> "unfinished";
      case FINISHED -> "finished";
      case DIVERGED -> "diverged";
      case FAILED -> "failed";
    };
  }
}
