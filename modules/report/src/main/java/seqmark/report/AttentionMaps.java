package seqmark.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Stream;
import seqmark.harness.TrialResult.AttentionMap;
import seqmark.report.chart.HeatMap;
import seqmark.report.markup.Element;

/** Where models looked: a row per example, a column per model that attends. */
record AttentionMaps(Comparison comparison, Gallery gallery) {
  private static final int EXAMPLES = 4;

  /** Longer sources than this do not fit on a page side by side. */
  private static final int LONGEST = 32;

  /** Pictures with more rows or columns cannot be read, and take megabytes. */
  private static final int LARGEST = 128;

  /** The maps; empty if no model attends. */
  Optional<Element> section() {
    List<Contender> attending =
        comparison.contenders().stream().filter(c -> maps(c).findAny().isPresent()).toList();
    if (attending.isEmpty()) {
      return Optional.empty();
    }
    List<Element> rows = new ArrayList<>();
    for (List<String> source : longest(attending)) {
      // With one model there is nothing to stand beside its map but the next example.
      if (rows.isEmpty() || attending.size() > 1) {
        rows.add(Element.of("div").with("class", "maps"));
      }
      for (Contender contender : attending) {
        maps(contender)
            .filter(map -> map.source().equals(source))
            .findFirst()
            .ifPresent(map -> rows.getLast().add(gallery.figure(heatMap(contender, map))));
      }
    }
    return Optional.of(
        Element.of(
            "div",
            Element.of("h3", "Where the models looked"),
            Element.of(
                    "p",
                    "Each row is a symbol the model wrote, each column a symbol it could look at;"
                        + " the stronger the colour, the more weight. Long test examples, first"
                        + " finished seed.")
                .with("class", "note"),
            rows));
  }

  private HeatMap heatMap(Contender contender, AttentionMap map) {
    return new HeatMap(
        gallery.fileName(comparison.task(), "attention", contender.model()),
        contender.model(),
        contender.style(),
        map.source(),
        map.output(),
        map.weights());
  }

  private static SequencedSet<List<String>> longest(List<Contender> contenders) {
    SequencedSet<List<String>> sources = new LinkedHashSet<>();
    contenders.stream()
        .flatMap(AttentionMaps::maps)
        .map(AttentionMap::source)
        .distinct()
        .sorted(
            Comparator.comparing((List<String> s) -> s.size() > LONGEST)
                .thenComparing(s -> s.size() > LONGEST ? s.size() : -s.size()))
        .limit(EXAMPLES)
        .forEach(sources::add);
    return sources;
  }

  private static Stream<AttentionMap> maps(Contender contender) {
    return contender.finished().stream()
        .limit(1)
        .flatMap(trial -> trial.attention().stream())
        .filter(map -> isReadable(map.source()) && isReadable(map.output()));
  }

  private static boolean isReadable(List<String> symbols) {
    return !symbols.isEmpty() && symbols.size() <= LARGEST;
  }
}
