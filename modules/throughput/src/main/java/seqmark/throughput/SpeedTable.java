package seqmark.throughput;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;
import seqmark.harness.ThroughputConfig.Work;
import seqmark.report.Numbers;
import seqmark.report.markup.Element;

/** Every case of a part of models' lives. */
record SpeedTable(Measurements all, Work work) {
  private static final List<String> TITLES =
      List.of(
          "Model",
          "Batch × length",
          "Backend",
          "Gate",
          "Compile",
          "Cold first step",
          "Steady, data moved",
          "Steady, data resident",
          "Kernels only",
          "Tokens/s",
          "Speed-up",
          "GFLOP/s",
          "GB/s",
          "Memory",
          "J/token");
  private static final int WORDS = 4;

  /** The cases with the largest batch and length. */
  Element largest() {
    int batch = Collections.max(all.config().batch());
    int length = Collections.max(all.config().length());
    return table(of -> of.batch() == batch && of.length() == length);
  }

  /** All cases. */
  Element everything() {
    return table(of -> true);
  }

  private Element table(Predicate<Case> shown) {
    List<Element> rows = new ArrayList<>();
    for (Row row : all.rows()) {
      if (row.of().work() == work && shown.test(row.of())) {
        rows.add(row.failure().isEmpty() ? measured(row) : lost(row));
      }
    }
    return Cells.table(WORDS, TITLES, rows);
  }

  private Element measured(Row row) {
    Facts facts = row.facts().orElseThrow();
    return Cells.row(
        row.of().model(),
        extents(row),
        Cells.text(row.of().backend()).with("class", "line"),
        gate(facts.gate()),
        Cells.number(Cells.time(facts.compileNanos())),
        Cells.number(Cells.time(facts.coldNanos())),
        Cells.time(row.moved()),
        Cells.time(row.resident()),
        kernels(facts),
        Cells.count(row.tokensPerSecond()),
        speedUp(row),
        rate(row.gigaflops(), row, all.peaks()::gigaflops),
        rate(row.gigabytes(), row, all.peaks()::gigabytes),
        Cells.number(Numbers.bytes(facts.memoryBytes())),
        energy(row));
  }

  private Element speedUp(Row row) {
    return all.speedUp(row)
        .map(s ->
            s.low() == s.high()
                ? Cells.number(times(s.mean()))
                : Cells.number(
                    times(s.mean()), "[%s–%s]".formatted(times(s.low()), times(s.high()))))
        .orElse(Cells.number(Cells.NONE));
  }

  private static String times(double ratio) {
    return Numbers.significant(ratio) + "×";
  }

  /** A row without numbers, and why. */
  private static Element lost(Row row) {
    return Cells.row(
        row.of().model(),
        extents(row),
        Cells.text(row.of().backend()).with("class", "line"),
        Cells.text(row.failure()).with("class", "lost").with("colspan", TITLES.size() - WORDS + 1));
  }

  private static Element extents(Row row) {
    return Cells.text(row.of().batch() + " × " + row.of().length()).with("class", "line");
  }

  private static Element gate(Gate gate) {
    String error = String.format(Locale.ROOT, "%.0e", gate.worst()).replace("e-0", "e-");
    String sequences = gate.sequences() + (gate.sequences() == 1 ? " sequence" : " sequences");
    return Cells.text("green")
        .add(Element.of("span", "error " + error + ", " + sequences).with("class", "sub"))
        .with("class", "line");
  }

  private static Element kernels(Facts facts) {
    OptionalDouble nanos = facts.kernelNanos();
    return nanos.isPresent()
        ? Cells.number(Cells.time(nanos.getAsDouble()))
        : Cells.number("no profiler").with("class", "num status");
  }

  /** An achieved rate, and what that is of the peak of the CPU's threads. */
  private static Element rate(
      OptionalDouble rate, Row row, Function<Integer, Optional<Estimate>> peak) {
    if (rate.isEmpty()) {
      return Cells.number(Cells.NONE);
    }
    String number = Numbers.significant(rate.getAsDouble());
    boolean cpu = row.execution().isCpu();
    return cpu
        ? Cells.number(
            number, Cells.share(rate.getAsDouble(), peak.apply(row.execution().threads())))
        : Cells.number(number);
  }

  private static Element energy(Row row) {
    OptionalDouble joules = row.joulesPerToken();
    return joules.isPresent()
        ? Cells.number(Numbers.significant(joules.getAsDouble()))
        : Cells.number("not reported").with("class", "num status");
  }
}
