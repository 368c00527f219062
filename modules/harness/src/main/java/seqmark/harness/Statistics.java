package seqmark.harness;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import seqmark.harness.TrialResult.CurvePoint;
import seqmark.harness.TrialResult.Status;

/** Trials that differ only in their seed, taken together. */
public final class Statistics {
  /** The 97.5% quantiles of Student's t for 1 to 12 degrees of freedom. */
  private static final double[] STUDENT = {
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179
  };

  private Statistics() {}

  /**
   * One row of a table of results.
   *
   * @param task the task's label
   * @param model the model's label
   * @param setting the values of the grid; empty without a grid
   * @param chosen whether this setting is the best of its model and task on validation; the test
   *     results of others are not for comparing models
   * @param trials the finished trials, one per seed
   * @param metrics test metrics by name; over seeds, or over test examples if there is one trial
   */
  public record Row(
      String task,
      String model,
      Map<String, String> setting,
      boolean chosen,
      List<TrialResult> trials,
      Map<String, Interval> metrics) {}

  private record Contender(String task, String model) {}

  private record Group(Contender contender, Map<String, String> setting) {}

  /** All combinations of task, model and setting with a finished trial, in the config's order. */
  public static List<Row> rows(Experiment experiment) {
    Map<Group, List<TrialResult>> groups = new LinkedHashMap<>();
    for (TrialResult t : experiment.trials()) {
      if (t.status() == Status.FINISHED) {
        Group group = new Group(new Contender(t.task(), t.model()), t.setting());
        groups.computeIfAbsent(group, g -> new ArrayList<>()).add(t);
      }
    }
    Map<Contender, Group> chosen = chosen(groups);
    List<Row> rows = new ArrayList<>();
    groups.forEach((group, trials) ->
        rows.add(
            new Row(
                group.contender.task,
                group.contender.model,
                group.setting,
                chosen.get(group.contender).equals(group),
                trials,
                metrics(trials))));
    return rows;
  }

  /** The setting of each model and task with the best mean over seeds on validation. */
  private static Map<Contender, Group> chosen(Map<Group, List<TrialResult>> groups) {
    Map<Contender, Group> chosen = new HashMap<>();
    groups.forEach((group, trials) -> {
      Group best = chosen.putIfAbsent(group.contender, group);
      if (best != null && isBetter(trials, groups.get(best))) {
        chosen.put(group.contender, group);
      }
    });
    return chosen;
  }

  /** More finished seeds count before a better mean: a setting that diverges is no good one. */
  private static boolean isBetter(List<TrialResult> trials, List<TrialResult> others) {
    if (trials.size() != others.size()) {
      return trials.size() > others.size();
    }
    boolean higher = trials.getFirst().higherIsBetter().values().iterator().next();
    int compared = Double.compare(validation(trials), validation(others));
    return higher ? compared > 0 : compared < 0;
  }

  /** The first metric on validation at the best step, mean over seeds. */
  private static double validation(List<TrialResult> trials) {
    return trials.stream().mapToDouble(Statistics::validation).average().orElseThrow();
  }

  private static double validation(TrialResult trial) {
    for (CurvePoint point : trial.curve()) {
      if (point.step() == trial.bestStep()) {
        return point.metrics().values().iterator().next();
      }
    }
    throw new IllegalStateException(trial.id() + ": no validation at step " + trial.bestStep());
  }

  private static Map<String, Interval> metrics(List<TrialResult> trials) {
    if (trials.size() == 1) {
      return trials.getFirst().intervals();
    }
    Map<String, Interval> metrics = new LinkedHashMap<>();
    for (String name : trials.getFirst().metrics().keySet()) {
      metrics.put(name, overSeeds(trials.stream().map(t -> t.metrics().get(name)).toList()));
    }
    return metrics;
  }

  /**
   * Mean and 95% interval over values of different seeds: Student's t, mean ± t s / √n.
   *
   * <p>The bootstrap, which serves for test examples, would only give the range of 3 seeds.
   */
  public static Interval overSeeds(List<Double> values) {
    int n = values.size();
    double mean = values.stream().mapToDouble(v -> v).average().orElseThrow();
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    double error = n == 1 ? 0 : student(n - 1) * Math.sqrt(squares / (n - 1) / n);
    return new Interval(mean, mean - error, mean + error, Interval.Over.SEEDS, n);
  }

  /** What Student's t with these degrees of freedom exceeds in 2.5% of all cases. */
  public static double student(int freedom) {
    return freedom <= STUDENT.length ? STUDENT[freedom - 1] : 1.96 + 2.44 / freedom;
  }
}
