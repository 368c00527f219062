package seqmark.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import seqmark.harness.Experiment;
import seqmark.harness.TrialResult;
import seqmark.report.markup.Element;

/** How it was run, and how to run it again. */
record Provenance(Experiment experiment) {
  private static final List<String> RULES =
      List.of(
          "All models saw the same examples in the same order for a given seed, "
              + "within the budget that the config names.",
          "Training stopped and settings were chosen on validation data; "
              + "the test set was read once, at the end.",
          "Intervals are 95% intervals over seeds (Student's t); with a single seed, over test "
              + "examples. Where they overlap, the report speaks of no difference.",
          "Chance is what guessing scores: as many symbols as the right answer has, drawn uniformly "
              + "from those that answers are made of or always the same one, whichever does best on "
              + "training examples.",
          "FLOPs and memory are counted from the graph of the largest training step; a "
              + "multiply-add is two FLOPs. Speed and time are those of training steps, without "
              + "validation; speed leaves the warm-up out.");

  Element section() {
    return Element.of(
            "section",
            Element.of("h2", "How this was run"),
            Element.of("ul", RULES.stream().map(rule -> Element.of("li", rule)).toList()),
            Element.of("h3", "To run it again"),
            Element.of("p", "Save the config below as ", Element.of("code", file()), ", then:"),
            pre(
                "./seqmark run %s\n./seqmark report reports/%s    # draw this page again"
                    .formatted(file(), experiment.name())),
            Element.of("h3", "Machine and versions"),
            facts(),
            Element.of("h3", "Config"),
            pre(experiment.config().strip()))
        .with("id", "run");
  }

  private Element facts() {
    Element body = Element.of("tbody");
    experiment.provenance().forEach((key, value) -> body.add(fact(key, value)));
    experiment.trials().stream()
        .map(TrialResult::task)
        .distinct()
        .forEach(task -> body.add(fact("data of " + task, hashes(task))));
    body.add(shared());
    return ResultTable.scrolling(Element.of("table", body).with("class", "facts"));
  }

  private static Element fact(String key, String value) {
    return Element.of(
        "tr",
        Element.of("th", key).with("scope", "row"),
        Element.of("td", Element.of("code", value)));
  }

  /** The hash of a task's examples, for each seed if they depend on it. */
  private String hashes(String task) {
    List<TrialResult> trials =
        experiment.trials().stream()
            .filter(t -> t.task().equals(task) && !t.dataHash().isEmpty())
            .toList();
    var distinct = new TreeSet<>(trials.stream().map(TrialResult::dataHash).toList());
    if (distinct.size() <= 1) {
      return distinct.isEmpty() ? "–" : distinct.first();
    }
    return trials.stream()
        .map(t -> "seed " + t.seed() + ": " + t.dataHash())
        .distinct()
        .collect(Collectors.joining("\n"));
  }

  /** How many test examples training shows too, where a task's space is too small to be divided. */
  private List<Element> shared() {
    return experiment.trials().stream()
        .filter(t -> t.shared() > 0)
        .collect(
            Collectors.groupingBy(
                TrialResult::task, LinkedHashMap::new, Collectors.summarizingInt(t -> t.shared())))
        .entrySet()
        .stream()
        .map(e -> {
          int least = e.getValue().getMin();
          int most = e.getValue().getMax();
          return fact(
              "test examples of " + e.getKey() + " that training shows too",
              least == most ? most + "" : "%d to %d, by seed".formatted(least, most));
        })
        .toList();
  }

  private String file() {
    return experiment.name() + ".yaml";
  }

  private static Element pre(String text) {
    return Element.of("pre", Element.of("code", text));
  }
}
