package seqmark.harness;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import seqmark.harness.TrialResult.Bucket;
import seqmark.nn.decode.Generated;
import seqmark.tasks.Answer;
import seqmark.tasks.Example;
import seqmark.tasks.Metric;

/** Outputs measured against their examples, for all of them or any part. */
final class Scores {
  private final List<Metric> metrics;
  private final List<Example> examples;

  // What each output contributes to each metric's sums: [metric][example][term].
  private final double[][][] parts;

  /** Measures outputs, which belong to the examples one by one. */
  Scores(List<Metric> metrics, List<Example> examples, List<Generated> outputs) {
    this.metrics = metrics;
    this.examples = examples;
    this.parts = new double[metrics.size()][examples.size()][];
    for (int m = 0; m < metrics.size(); m++) {
      for (int i = 0; i < examples.size(); i++) {
        parts[m][i] = new double[metrics.get(m).terms()];
        metrics.get(m).count(examples.get(i), Answer.of(outputs.get(i).tokens()), parts[m][i]);
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

  /** Every metric of the examples of each source length. */
  List<Bucket> buckets() {
    Map<Integer, List<Integer>> byLength = new TreeMap<>();
    for (int i = 0; i < examples.size(); i++) {
      byLength.computeIfAbsent(examples.get(i).source().length, l -> new ArrayList<>()).add(i);
    }
    List<Bucket> buckets = new ArrayList<>();
    byLength.forEach((length, positions) -> {
      int[] part = positions.stream().mapToInt(Integer::intValue).toArray();
      buckets.add(new Bucket(length, part.length, byName(m -> value(m, part))));
    });
    return buckets;
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
