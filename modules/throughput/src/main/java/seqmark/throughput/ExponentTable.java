package seqmark.throughput;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import seqmark.harness.ThroughputConfig.Execution;
import seqmark.report.Numbers;
import seqmark.report.markup.Element;

/** How cost grows with length: what must be in the end, what is counted here, what was measured. */
record ExponentTable(Measurements all) {
  /** The table, at the largest batch of the config. */
  Element table() {
    int batch = Collections.max(all.config().batch());
    List<String> titles = new ArrayList<>(List.of("Model", "Work", "In the end", "Counted here"));
    all.config().backends().forEach(e -> titles.add(e.label()));
    List<Element> rows = all.theories().stream().map(theory -> row(theory, batch)).toList();
    return Cells.table(3, titles, rows);
  }

  private Element row(Measurements.Theory theory, int batch) {
    List<Element> cells = new ArrayList<>();
    cells.add(Cells.text(theory.workName()));
    cells.add(Cells.text(theory.growth().text()));
    cells.add(
        all.config().backends().stream()
            .map(e -> all.counted(theory.model(), e.label(), theory.work(), batch))
            .flatMap(Optional::stream)
            .findFirst()
            .map(e -> Cells.number(power(e)))
            .orElse(Cells.number(Cells.NONE)));
    for (Execution execution : all.config().backends()) {
      cells.add(measured(all.measured(theory.model(), execution.label(), theory.work(), batch)));
    }
    return Cells.row(theory.model(), cells.toArray(Element[]::new));
  }

  private static Element measured(Optional<Exponent> exponent) {
    return exponent
        .map(e -> Cells.number(Element.of("b", power(e)), interval(e)))
        .orElse(Cells.number(Cells.NONE));
  }

  private static Element power(Exponent e) {
    return Element.of("span", "n", Element.of("sup", number(e.value())));
  }

  private static String number(double value) {
    return Numbers.fixed(value, 2).replace('-', '−');
  }

  private static String interval(Exponent e) {
    return e.lengths() > 2
        ? "[%s – %s]".formatted(number(e.low()), number(e.high()))
        : "two lengths only";
  }
}
