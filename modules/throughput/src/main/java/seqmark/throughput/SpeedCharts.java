package seqmark.throughput;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;
import seqmark.harness.ThroughputConfig.Execution;
import seqmark.harness.ThroughputConfig.Work;
import seqmark.report.Gallery;
import seqmark.report.chart.Axis;
import seqmark.report.chart.Line;
import seqmark.report.chart.Point;
import seqmark.report.chart.XyChart;

/** Charts of a part of models' lives, one line per model. */
record SpeedCharts(Measurements all, Work work, Gallery gallery) {
  private static final Axis.Range LOGARITHMIC = Axis.Range.LOGARITHMIC;

  /** Tokens per second against length, then against batch, for each backend. */
  List<XyChart> speeds() {
    List<XyChart> charts = new ArrayList<>();
    for (Execution e : all.config().backends()) {
      charts.add(againstLength(e, "tokens/s", LOGARITHMIC, Row::tokensPerSecond, List.of()));
      charts.add(againstBatch(e));
    }
    return drawable(charts);
  }

  /** How many times as fast as all cores of the CPU each other backend is. */
  List<XyChart> speedUps() {
    return drawable(
        all.config().backends().stream()
            .filter(e -> !all.yardstick().equals(Optional.of(e)))
            .map(e ->
                againstLength(
                    e, "speed-up over all cores", Axis.Range.FROM_ZERO, all::speedUp, List.of()))
            .toList());
  }

  /** Achieved rates against what the cores can do. */
  List<XyChart> rates() {
    List<XyChart> charts = new ArrayList<>();
    for (Execution e : all.config().backends()) {
      Peaks peaks = all.peaks();
      charts.add(
          againstLength(
              e,
              "GFLOP/s",
              LOGARITHMIC,
              r -> exact(r.gigaflops()),
              peak(e, peaks.gigaflops(e.threads()))));
      charts.add(
          againstLength(
              e,
              "GB/s",
              LOGARITHMIC,
              r -> exact(r.gigabytes()),
              peak(e, peaks.gigabytes(e.threads()))));
    }
    return drawable(charts);
  }

  /** Memory, which depends on the backend by its scratch only. */
  List<XyChart> memory() {
    Execution last = all.config().backends().getLast();
    return drawable(
        List.of(
            againstLength(
                last,
                "memory (MB)",
                LOGARITHMIC,
                r -> r.facts().flatMap(f -> exact(f.memoryBytes() / 1e6)),
                List.of())));
  }

  private static Optional<Estimate> exact(OptionalDouble value) {
    return value.isPresent() ? exact(value.getAsDouble()) : Optional.empty();
  }

  private static Optional<Estimate> exact(double value) {
    return Optional.of(new Estimate(value, value, value, 1));
  }

  private List<Line> peak(Execution e, Optional<Estimate> peak) {
    if (!e.isCpu() || peak.isEmpty()) {
      return List.of();
    }
    double height = peak.get().mean();
    List<Point> ends =
        Stream.of(Collections.min(all.config().length()), Collections.max(all.config().length()))
            .map(n -> new Point(n, height, height, height, peak.get().count()))
            .toList();
    return List.of(new Line("measured peak", "of the cores", 0, Line.Kind.REFERENCE, ends));
  }

  private XyChart againstLength(
      Execution e,
      String what,
      Axis.Range range,
      Function<Row, Optional<Estimate>> value,
      List<Line> references) {
    int batch = Collections.max(all.config().batch());
    return chart(
        e,
        what,
        "length",
        "batch " + batch,
        range,
        all.config().length(),
        (model, n) -> all.row(model, e.label(), work, batch, n).flatMap(value),
        references);
  }

  private XyChart againstBatch(Execution e) {
    int length = Collections.max(all.config().length());
    return chart(
        e,
        "tokens/s",
        "batch",
        "length " + length,
        LOGARITHMIC,
        all.config().batch(),
        (model, n) -> all.row(model, e.label(), work, n, length).flatMap(Row::tokensPerSecond),
        List.of());
  }

  /** What a model comes to at a place of the horizontal axis. */
  private interface At {
    Optional<Estimate> value(String model, int x);
  }

  private XyChart chart(
      Execution e,
      String what,
      String against,
      String fixed,
      Axis.Range range,
      List<Integer> along,
      At at,
      List<Line> references) {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < all.config().models().size(); i++) {
      String model = all.config().models().get(i).label();
      List<Point> points =
          along.stream()
              .sorted(Comparator.naturalOrder())
              .flatMap(x ->
                  at.value(model, x).stream()
                      .map(v -> new Point(x, v.mean(), v.low(), v.high(), v.count())))
              .toList();
      lines.add(new Line(model, fixed, i, Line.Kind.MARKED, points));
    }
    lines.addAll(references);
    return new XyChart(
        gallery.fileName(work.name(), what, against, e.label()),
        "%s: %s (%s)".formatted(e.label(), what, fixed),
        new Axis(against, Axis.Unit.WHOLE, LOGARITHMIC),
        new Axis(what, Axis.Unit.NUMBER, range),
        "iterations",
        lines);
  }

  /** Charts with a line that leads from one place to another. */
  private static List<XyChart> drawable(List<XyChart> charts) {
    return charts.stream()
        .filter(chart ->
            chart.lines().stream()
                .anyMatch(l -> l.kind() != Line.Kind.REFERENCE && l.points().size() > 1))
        .toList();
  }
}
