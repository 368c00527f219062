package seqmark.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import seqmark.harness.TrialResult;
import seqmark.report.chart.Axis;
import seqmark.report.chart.Line;
import seqmark.report.chart.Point;
import seqmark.report.chart.XyChart;

/** Quality against what it costs. */
record TradeOffs(Comparison comparison, Gallery gallery) {
  /** Under a budget of parameters all models are about as large: then that chart says nothing. */
  private static final double SAME_SIZE = 1.1;

  List<XyChart> charts() {
    return Stream.of(
            chart("speed", "training speed (tokens/s)", TrialResult::trainTokensPerSecond),
            chart("memory", "peak memory (MB)", t -> t.peakBytes() / 1e6),
            chart("parameters", "parameters", TrialResult::parameters))
        .filter(chart -> !chart.isEmpty() && spread(chart) > SAME_SIZE)
        .toList();
  }

  private XyChart chart(String name, String title, ToDoubleFunction<TrialResult> cost) {
    Measure measure = comparison.primary();
    List<Line> lines =
        new ArrayList<>(comparison.contenders().stream().map(c -> line(c, measure, cost)).toList());
    new Chance(comparison).behind(lines, measure).ifPresent(lines::add);
    return new XyChart(
        gallery.fileName(comparison.task(), measure.name(), name),
        "Test " + measure.name() + " against " + title.replaceFirst(" \\(.*", ""),
        new Axis(title, Axis.Unit.NUMBER, Axis.Range.FROM_ZERO),
        measure.axis(),
        "seeds",
        lines);
  }

  private static Line line(
      Contender contender, Measure measure, ToDoubleFunction<TrialResult> cost) {
    List<Point> points =
        contender.metric(measure).stream()
            .filter(m -> Double.isFinite(contender.mean(cost)))
            .map(m ->
                new Point(
                    contender.mean(cost), m.mean(), m.low(), m.high(), contender.finished().size()))
            .toList();
    return new Line(contender.model(), "all seeds", contender.style(), Line.Kind.MARKERS, points);
  }

  private static double spread(XyChart chart) {
    double[] costs =
        chart.lines().stream()
            .filter(line -> line.kind() != Line.Kind.REFERENCE)
            .flatMap(line -> line.points().stream())
            .mapToDouble(Point::x)
            .sorted()
            .toArray();
    return costs[costs.length - 1] / costs[0];
  }
}
