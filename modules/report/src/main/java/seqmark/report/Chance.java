package seqmark.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import seqmark.harness.TrialResult;
import seqmark.report.chart.Line;
import seqmark.report.chart.Point;

/** What guessing scores on a task, as a line to see the models against. */
record Chance(Comparison comparison) {
  private static final String LABEL = "chance";

  /** An error of guessing this far above all models would press them together at the bottom. */
  private static final double TOO_FAR = 1.6;

  /** Half of all is never too far: so much guessing often gets right where models fail. */
  private static final double NEAR = 0.5;

  /** The trials that know: those of one model, as all models meet the same examples. */
  private Stream<TrialResult> trials() {
    return comparison.contenders().stream()
        .map(Contender::finished)
        .filter(finished -> !finished.isEmpty())
        .limit(1)
        .flatMap(List::stream);
  }

  /** The level over the whole test set; NaN if no trial finished. */
  double level(Measure measure) {
    return trials()
        .mapToDouble(trial -> trial.chance().getOrDefault(measure.name(), Double.NaN))
        .average()
        .orElse(Double.NaN);
  }

  /** A level line behind these; none where it would lie far above them. */
  Optional<Line> behind(List<Line> lines, Measure measure) {
    double level = level(measure);
    double[] x = lines.stream().flatMap(l -> l.points().stream()).mapToDouble(Point::x).toArray();
    if (x.length == 0 || isTooFar(level, lines)) {
      return Optional.empty();
    }
    double from = DoubleStream.of(x).min().orElseThrow();
    double to = DoubleStream.of(x).max().orElseThrow();
    return Optional.of(line(Stream.of(from, to).map(at -> point(at, level)).toList()));
  }

  /** The level at each difficulty, behind these lines; none where it would lie far above them. */
  Optional<Line> byDifficulty(List<Line> lines, Measure measure) {
    Map<Integer, Double> levels =
        trials()
            .flatMap(trial -> trial.buckets().stream())
            .filter(b -> b.examples() >= DifficultyCharts.ENOUGH_EXAMPLES)
            .filter(b -> Double.isFinite(b.chance().getOrDefault(measure.name(), Double.NaN)))
            .collect(
                Collectors.groupingBy(
                    TrialResult.Bucket::difficulty,
                    TreeMap::new,
                    Collectors.averagingDouble(b -> b.chance().get(measure.name()))));
    double highest = levels.values().stream().mapToDouble(l -> l).max().orElse(Double.NaN);
    if (isTooFar(highest, lines)) {
      return Optional.empty();
    }
    return Optional.of(
        line(levels.entrySet().stream().map(e -> point(e.getKey(), e.getValue())).toList()));
  }

  private static boolean isTooFar(double level, List<Line> lines) {
    double highest =
        lines.stream()
            .flatMap(line -> line.points().stream())
            .mapToDouble(Point::high)
            .filter(Double::isFinite)
            .max()
            .orElse(0);
    return !(level <= Math.max(TOO_FAR * highest, NEAR));
  }

  private static Line line(List<Point> points) {
    return new Line(LABEL, "guessing", 0, Line.Kind.REFERENCE, points);
  }

  private static Point point(double x, double y) {
    return new Point(x, y, y, y, 0);
  }
}
