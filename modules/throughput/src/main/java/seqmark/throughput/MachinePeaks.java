package seqmark.throughput;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import seqmark.harness.ThroughputConfig.Work;
import seqmark.report.Numbers;
import seqmark.report.markup.Element;

/** What the cores can do, and what scalar code could at best make of that. */
record MachinePeaks(Measurements all) {
  Element section() {
    Peaks peaks = all.peaks();
    List<Element> rows =
        List.of(
            row("Vector FMA, in registers", "GFLOP/s", peaks.vectorOne(), peaks.vectorAll()),
            row("Scalar FMA, in registers", "GFLOP/s", peaks.scalarOne(), Optional.empty()),
            row("Triad a = b + s·c", "GB/s", peaks.triadOne(), peaks.triadAll()));
    Element section =
        Element.of(
            "section",
            Element.of("h2", "What the cores can do"),
            Element.of(
                    "p",
                    "Measured in this run with the Vector API. The triad (McCalpin's STREAM) runs "
                        + "through three arrays of "
                        + Numbers.bytes(peaks.triadBytes())
                        + " together; caches larger than that count in.")
                .with("class", "note"),
            Cells.table(2, List.of("", "", "1 thread", peaks.threads() + " threads"), rows));
    peaks.scalarOne().ifPresent(scalar -> section.add(floor(scalar)));
    return section;
  }

  private static Element row(
      String name, String unit, Optional<Estimate> one, Optional<Estimate> every) {
    return Cells.row(name, Cells.text(unit), Cells.count(one), Cells.count(every));
  }

  /** Tokens per second if all operations of a step were scalar multiply-adds at their peak. */
  private List<Element> floor(Estimate scalar) {
    int batch = Collections.max(all.config().batch());
    int length = Collections.max(all.config().length());
    List<Element> rows = new ArrayList<>();
    for (Work work : all.config().work()) {
      for (var model : all.config().models()) {
        all.rows().stream()
            .filter(r -> r.of().work() == work && r.of().model().equals(model.label()))
            .filter(r -> r.of().batch() == batch && r.of().length() == length)
            .filter(r -> r.execution().isCpu() && r.execution().threads() == 1)
            .filter(r -> r.execution().vectorBits() == 0 && r.resident().isPresent())
            .findFirst()
            .ifPresent(r -> rows.add(floor(r, scalar)));
      }
    }
    if (rows.isEmpty()) {
      return List.of();
    }
    return List.of(
        Element.of("h3", "Without vectors"),
        Element.of(
                "p",
                ("The most that one thread without vectors could do at batch %d and length %d: the "
                        + "step's FLOPs at the scalar peak above. No code was run for this column.")
                    .formatted(batch, length))
            .with("class", "note"),
        Cells.table(
            2,
            List.of("Model", "Work", "Scalar, at most (tokens/s)", "1 thread, measured", "Ratio"),
            rows));
  }

  private static Element floor(Row row, Estimate scalar) {
    double most = 1e9 * row.of().tokens() * scalar.mean() / row.facts().orElseThrow().flops();
    double measured = 1e9 * row.of().tokens() / row.resident().orElseThrow().mean();
    return Cells.row(
        row.of().model(),
        Cells.text(row.of().workName()),
        Cells.number(Numbers.count(most)),
        Cells.number(Numbers.count(measured)),
        Cells.number(Numbers.fixed(measured / most, 2) + "×"));
  }
}
