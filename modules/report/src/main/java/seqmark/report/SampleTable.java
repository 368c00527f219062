package seqmark.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import seqmark.harness.TrialResult;
import seqmark.harness.TrialResult.Sample;
import seqmark.report.chart.Palette;
import seqmark.report.markup.Element;

/** Test examples and what each model made of them. */
record SampleTable(Comparison comparison) {
  private static final int MOST = 16;

  /** The table; empty if no model wrote anything. */
  Optional<Element> section() {
    List<Contender> writers =
        comparison.contenders().stream().filter(c -> samples(c).findAny().isPresent()).toList();
    if (writers.isEmpty()) {
      return Optional.empty();
    }
    Element head = Element.of("tr", Element.of("th", "Source"), Element.of("th", "Target"));
    writers.forEach(c -> head.add(Element.of("th", Palette.spot(c.style()), c.model())));
    Element body = Element.of("tbody");
    examples(writers).values().forEach(sample -> body.add(row(sample, writers)));
    Element table = Element.of("table", Element.of("thead", head), body).with("class", "samples");
    return Optional.of(
        Element.of(
            "div",
            Element.of("h3", "What the models wrote"),
            Element.of("p", "Test examples, first finished seed: ✓ right, ✗ wrong.")
                .with("class", "note"),
            ResultTable.scrolling(table)));
  }

  private static Map<String, Sample> examples(List<Contender> writers) {
    Map<String, Sample> examples = new LinkedHashMap<>();
    writers.stream()
        .flatMap(SampleTable::samples)
        .filter(sample -> examples.size() < MOST || examples.containsKey(sample.source()))
        .forEach(sample -> examples.putIfAbsent(sample.source(), sample));
    return examples;
  }

  private static Element row(Sample example, List<Contender> writers) {
    Element row = Element.of("tr", code(example.source()), code(example.target()));
    for (Contender writer : writers) {
      row.add(
          samples(writer)
              .filter(s -> s.source().equals(example.source()))
              .findFirst()
              .map(SampleTable::output)
              .orElse(Element.of("td", "–")));
    }
    return row;
  }

  private static Element output(Sample sample) {
    String text = sample.output().isEmpty() ? "(nothing)" : sample.output();
    Element mark =
        sample.right()
            ? Element.of("span", "✓").with("class", "mark").with("title", "right")
            : Element.of("span", "✗").with("class", "mark lost").with("title", "wrong");
    return Element.of(
        "td", Element.of("div", mark, Element.of("code", text)).with("class", "said"));
  }

  private static Element code(String text) {
    return Element.of("td", Element.of("code", text));
  }

  private static Stream<Sample> samples(Contender contender) {
    Stream<TrialResult> trials = contender.finished().stream().limit(1);
    return trials.flatMap(trial -> trial.samples().stream());
  }
}
