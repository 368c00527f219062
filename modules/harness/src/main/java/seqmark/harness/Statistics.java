package seqmark.harness;

import java.util.List;
import java.util.Map;

/** Trials that differ only in their seed, taken together. */
public final class Statistics {
  private Statistics() {}

  /**
   * One row of a table of results.
   *
   * @param task the task's label
   * @param model the model's label
   * @param setting the values of the grid; empty without a grid
   * @param chosen whether this setting is the best of its model and task on validation
   * @param trials the finished trials, one per seed
   * @param metrics test metrics by name
   */
  public record Row(
      String task,
      String model,
      Map<String, String> setting,
      boolean chosen,
      List<TrialResult> trials,
      Map<String, Interval> metrics) {}

  /** All combinations of task, model and setting with a finished trial, in the config's order. */
  public static List<Row> rows(Experiment experiment) {
    throw new UnsupportedOperationException();
  }

  /** Mean and 95% interval over values of different seeds, by a bootstrap that never varies. */
  public static Interval overSeeds(List<Double> values) {
    throw new UnsupportedOperationException();
  }
}
