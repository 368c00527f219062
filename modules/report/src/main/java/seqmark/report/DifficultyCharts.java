package seqmark.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import seqmark.harness.Interval;
import seqmark.harness.Statistics;
import seqmark.harness.TrialResult;
import seqmark.harness.TrialResult.Bucket;
import seqmark.report.chart.Axis;
import seqmark.report.chart.Line;
import seqmark.report.chart.Point;
import seqmark.report.chart.XyChart;

/**
 * Quality against what makes examples hard, mostly source length, as in figure 2 of Bahdanau et al.
 * (2015): with a fixed vector it falls where sources get long.
 */
record DifficultyCharts(Comparison comparison, Gallery gallery) {
  /** Fewer test examples than this say nothing of a difficulty. */
  static final int ENOUGH_EXAMPLES = 10;

  /** One chart per metric; none for tasks whose examples are all equally hard. */
  List<XyChart> charts() {
    return comparison.measures().stream()
        .map(this::chart)
        .filter(chart -> chart.lines().stream().anyMatch(line -> line.points().size() > 1))
        .toList();
  }

  /** What makes examples hard, for instance {@code source length}. */
  String difficulty() {
    return axis().replaceFirst(" \\(.*", "");
  }

  /** The same with its unit. */
  private String axis() {
    return comparison.contenders().stream()
        .flatMap(c -> c.finished().stream())
        .map(TrialResult::difficulty)
        .findFirst()
        .orElse("difficulty");
  }

  private XyChart chart(Measure measure) {
    List<Line> lines =
        new ArrayList<>(comparison.contenders().stream().map(c -> line(c, measure)).toList());
    new Chance(comparison).byDifficulty(lines, measure).ifPresent(lines::add);
    return new XyChart(
        gallery.fileName(comparison.task(), measure.name(), difficulty()),
        "Test " + measure.name() + " against " + difficulty(),
        new Axis(axis(), Axis.Unit.WHOLE, Axis.Range.TIGHT),
        measure.axis(),
        "test examples",
        lines);
  }

  private static Line line(Contender contender, Measure measure) {
    Map<Integer, List<Bucket>> byDifficulty = new TreeMap<>();
    for (TrialResult trial : contender.finished()) {
      for (Bucket b : trial.buckets()) {
        if (b.examples() >= ENOUGH_EXAMPLES && b.metrics().containsKey(measure.name())) {
          byDifficulty.computeIfAbsent(b.difficulty(), d -> new ArrayList<>()).add(b);
        }
      }
    }
    int seeds = contender.finished().size();
    // What only some seeds have is no mean of all: seeds may have other examples and other ranges.
    List<Point> points =
        byDifficulty.values().stream()
            .filter(b -> b.size() == seeds)
            .map(b -> mean(b, measure))
            .toList();
    String detail = seeds == 1 ? "1 seed" : "mean of " + seeds + " seeds";
    return new Line(contender.model(), detail, contender.style(), Line.Kind.MARKED, points);
  }

  private static Point mean(List<Bucket> buckets, Measure measure) {
    List<Double> values = buckets.stream().map(b -> b.metrics().get(measure.name())).toList();
    Bucket first = buckets.getFirst();
    if (values.size() == 1) {
      double y = values.getFirst();
      return new Point(first.difficulty(), y, y, y, first.examples());
    }
    Interval over = Statistics.overSeeds(values);
    return new Point(first.difficulty(), over.mean(), over.low(), over.high(), first.examples());
  }
}
