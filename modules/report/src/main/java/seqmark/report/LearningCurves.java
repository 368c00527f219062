package seqmark.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import seqmark.harness.Interval;
import seqmark.harness.Statistics;
import seqmark.harness.TrialResult;
import seqmark.harness.TrialResult.CurvePoint;
import seqmark.harness.TrialResult.Status;
import seqmark.report.chart.Axis;
import seqmark.report.chart.Line;
import seqmark.report.chart.Line.Kind;
import seqmark.report.chart.Point;
import seqmark.report.chart.XyChart;

/** Validation during training, against steps and against time. */
record LearningCurves(Comparison comparison, Gallery gallery) {
  /** Losses further apart than this factor are drawn on a logarithmic axis. */
  private static final double WIDE = 8;

  /** The charts of a task; none if there was no evaluation. */
  List<XyChart> charts() {
    List<XyChart> charts = new ArrayList<>();
    for (Time time : List.of(Time.steps(), Time.seconds(comparison))) {
      if (!comparison.measures().isEmpty()) {
        charts.add(metric(comparison.primary(), time));
      }
      charts.add(loss(time));
    }
    return charts.stream().filter(chart -> !chart.isEmpty()).toList();
  }

  private XyChart metric(Measure measure, Time time) {
    List<Line> lines = lines(p -> p.metrics().getOrDefault(measure.name(), Double.NaN), time);
    new Chance(comparison).behind(lines, measure).ifPresent(lines::add);
    return new XyChart(
        gallery.fileName(comparison.task(), measure.name(), time.name()),
        "Validation " + measure.name() + " over " + time.name(),
        time.axis(),
        measure.axis(),
        "seeds",
        lines);
  }

  private XyChart loss(Time time) {
    List<Line> lines = lines(CurvePoint::validationLoss, time);
    double[] values =
        lines.stream().flatMap(l -> l.points().stream()).mapToDouble(Point::y).sorted().toArray();
    boolean wide =
        values.length > 0 && values[0] > 0 && values[values.length - 1] > WIDE * values[0];
    return new XyChart(
        gallery.fileName(comparison.task(), "loss", time.name()),
        "Validation loss over " + time.name(),
        time.axis(),
        new Axis(
            "loss (nats per token)",
            Axis.Unit.NUMBER,
            wide ? Axis.Range.LOGARITHMIC : Axis.Range.FROM_ZERO),
        "seeds",
        lines);
  }

  private List<Line> lines(ToDoubleFunction<CurvePoint> value, Time time) {
    List<Line> lines = new ArrayList<>();
    for (Contender contender : comparison.contenders()) {
      lines.addAll(lines(contender, value, time));
    }
    double highest =
        lines.stream()
            .filter(line -> line.kind() != Kind.LOST)
            .flatMap(line -> line.points().stream())
            .mapToDouble(Point::high)
            .filter(Double::isFinite)
            .max()
            .orElse(Double.POSITIVE_INFINITY);
    lines.replaceAll(line -> line.kind() == Kind.LOST ? below(line, highest) : line);
    return lines;
  }

  private static List<Line> lines(
      Contender contender, ToDoubleFunction<CurvePoint> value, Time time) {
    List<TrialResult> finished = contender.finished();
    List<Line> lines = new ArrayList<>();
    Map<Integer, List<CurvePoint>> byStep = new TreeMap<>();
    for (TrialResult trial : finished) {
      trial.curve().forEach(p -> byStep.computeIfAbsent(p.step(), s -> new ArrayList<>()).add(p));
    }
    byStep.values().removeIf(points -> points.size() < finished.size());
    List<Point> means = byStep.values().stream().map(p -> mean(p, value, time)).toList();
    String detail = finished.size() == 1 ? "1 seed" : "mean of " + finished.size() + " seeds";
    lines.add(new Line(contender.model(), detail, contender.style(), Kind.CURVE, means));
    int lastCommon = byStep.isEmpty() ? -1 : ((TreeMap<Integer, ?>) byStep).lastKey();
    for (TrialResult trial : contender.trials()) {
      // Seeds that trained longer than others go on alone: a mean of fewer seeds would jump.
      int from = trial.status() == Status.FINISHED ? lastCommon : Integer.MIN_VALUE;
      Stream<CurvePoint> rest = trial.curve().stream().filter(p -> p.step() >= from);
      List<Point> points = rest.map(p -> mean(List.of(p), value, time)).toList();
      if (from == Integer.MIN_VALUE || points.size() > 1) {
        lines.add(single(contender, trial, points));
      }
    }
    return lines;
  }

  private static Line single(Contender contender, TrialResult trial, List<Point> points) {
    boolean lost = trial.status() == Status.DIVERGED || trial.status() == Status.FAILED;
    String detail =
        "seed "
            + trial.seed()
            + switch (trial.status()) {
              case FINISHED -> "";
              case OPEN -> ", unfinished";
              case DIVERGED -> ", diverged";
              case FAILED -> ", failed";
            };
    Kind kind = lost ? Kind.LOST : Kind.SINGLE;
    return new Line(contender.model(), detail, contender.style(), kind, points);
  }

  private static Point mean(
      List<CurvePoint> points, ToDoubleFunction<CurvePoint> value, Time time) {
    double x = points.stream().mapToDouble(time.of()).average().orElseThrow();
    List<Double> values = points.stream().map(value::applyAsDouble).toList();
    if (values.size() == 1 || !values.stream().allMatch(Double::isFinite)) {
      double y = values.stream().mapToDouble(v -> v).average().orElseThrow();
      return new Point(x, y, y, y, values.size());
    }
    Interval interval = Statistics.overSeeds(values);
    return new Point(x, interval.mean(), interval.low(), interval.high(), interval.count());
  }

  /** A diverging loss soon dwarfs all others: the line ends where it leaves their range. */
  private static Line below(Line line, double highest) {
    List<Point> points = line.points().stream().takeWhile(p -> !(p.y() > highest)).toList();
    return new Line(line.label(), line.detail(), line.style(), line.kind(), points);
  }

  /** What runs from left to right. */
  private record Time(String name, Axis axis, ToDoubleFunction<CurvePoint> of) {
    private static final Axis.Range RANGE = Axis.Range.FROM_ZERO;

    static Time steps() {
      return new Time(
          "steps", new Axis("training steps", Axis.Unit.WHOLE, RANGE), CurvePoint::step);
    }

    /** Wall time, in the unit that suits the longest trial. */
    static Time seconds(Comparison comparison) {
      double longest =
          comparison.contenders().stream()
              .flatMap(c -> c.trials().stream())
              .flatMap(t -> t.curve().stream())
              .mapToDouble(CurvePoint::seconds)
              .max()
              .orElse(0);
      String unit = longest <= 180 ? "s" : longest <= 3 * 3600 ? "min" : "h";
      double length = longest <= 180 ? 1 : longest <= 3 * 3600 ? 60 : 3600;
      Axis axis = new Axis("training time (" + unit + ")", Axis.Unit.NUMBER, RANGE);
      return new Time("time", axis, p -> p.seconds() / length);
    }
  }
}
