package seqmark.harness;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import seqmark.harness.TrialResult.Bucket;
import seqmark.tasks.Answer;
import seqmark.tasks.Difficulty;
import seqmark.tasks.Example;
import seqmark.tasks.Metric;
import seqmark.tasks.Task;

/** Outputs measured against their examples, for all of them or any part. */
final class Scores {
  private static final int MOST_BUCKETS = 30;

  private final Difficulty difficulty;
  private final List<Metric> metrics;
  private final List<Example> examples;

  // What each output contributes to each metric's sums: [metric][example][term].
  private final double[][][] parts;

  /** Measures answers, which belong to the examples one by one. */
  Scores(Task task, List<Example> examples, List<Answer> answers) {
    this.difficulty = task.difficulty();
    this.metrics = task.metrics();
    this.examples = examples;
    this.parts = new double[metrics.size()][examples.size()][];
    for (int m = 0; m < metrics.size(); m++) {
      for (int i = 0; i < examples.size(); i++) {
        parts[m][i] = new double[metrics.get(m).terms()];
        metrics.get(m).count(examples.get(i), answers.get(i), parts[m][i]);
      }
    }
  }

  /** Every metric of all examples. */
  Map<String, Double> metrics() {
    int[] all = IntStream.range(0, examples.size()).toArray();
    return byName(m -> value(m, all));
  }

  /** Every metric's 95% interval, by a bootstrap over examples. */
  Map<String, Interval> intervals() {
    int[] all = IntStream.range(0, examples.size()).toArray();
    return byName(m ->
        Bootstrap.interval(
            all.length, value(m, all), Interval.Over.EXAMPLES, drawn -> value(m, drawn)));
  }

  /** Which metrics are better when higher. */
  Map<String, Boolean> higherIsBetter() {
    return byName(m -> metrics.get(m).higherIsBetter());
  }

  /**
   * Every metric of the examples of each difficulty, or range of difficulties if there are many.
   */
  SortedMap<Integer, Bucket> buckets() {
    int[] difficulties = examples.stream().mapToInt(difficulty.of()).toArray();
    int width = width(IntStream.of(difficulties).sorted().distinct().toArray());
    SortedMap<Integer, List<Integer>> byDifficulty = new TreeMap<>();
    for (int i = 0; i < difficulties.length; i++) {
      int middle = Math.floorDiv(difficulties[i], width) * width + (width - 1) / 2;
      byDifficulty.computeIfAbsent(middle, d -> new ArrayList<>()).add(i);
    }
    SortedMap<Integer, Bucket> buckets = new TreeMap<>();
    byDifficulty.forEach((of, positions) -> {
      int[] part = positions.stream().mapToInt(Integer::intValue).toArray();
      buckets.put(of, new Bucket(of, part.length, byName(m -> value(m, part)), Map.of()));
    });
    return buckets;
  }

  /** 1, or the smallest of 2, 5, 10, 20 and so on that leaves few enough ranges. */
  private static int width(int[] distinct) {
    if (distinct.length <= MOST_BUCKETS) {
      return 1;
    }
    int width = 2;
    while ((distinct[distinct.length - 1] - distinct[0]) / width >= MOST_BUCKETS) {
      width = Integer.toString(width).startsWith("2") ? width / 2 * 5 : width * 2;
    }
    return width;
  }

  private double value(int metric, int[] positions) {
    double[] sums = new double[metrics.get(metric).terms()];
    for (int position : positions) {
      double[] part = parts[metric][position];
      for (int t = 0; t < sums.length; t++) {
        sums[t] += part[t];
      }
    }
    return metrics.get(metric).value(sums);
  }

  private <T> Map<String, T> byName(Function<Integer, T> value) {
    Map<String, T> map = new LinkedHashMap<>();
    for (int m = 0; m < metrics.size(); m++) {
      map.put(metrics.get(m).name(), value.apply(m));
    }
    return map;
  }
}
