package seqmark.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import seqmark.harness.Interval;
import seqmark.harness.TrialResult;
import seqmark.harness.TrialResult.Status;

/**
 * A model on a task, with the setting that validation chose.
 *
 * @param model the model's label
 * @param style its place among all models of the experiment: the same colour in every chart
 * @param setting the chosen values of the grid; empty without a grid
 * @param trials all trials with this setting, one per seed, whatever became of them
 * @param metrics test metrics of the finished trials, by name; empty if none finished
 */
public record Contender(
    String model,
    int style,
    Map<String, String> setting,
    List<TrialResult> trials,
    Map<String, Interval> metrics) {

  /** The trials that were trained and tested. */
  public List<TrialResult> finished() {
    return trials.stream().filter(t -> t.status() == Status.FINISHED).toList();
  }

  /** A metric over the finished trials. */
  public Optional<Interval> metric(Measure measure) {
    return Optional.ofNullable(metrics.get(measure.name()));
  }

  /** A mean cost over the finished trials that measured it; NaN if there is none. */
  public double mean(ToDoubleFunction<TrialResult> cost) {
    // A trial whose weights were imported has no cost of training.
    return finished().stream()
        .mapToDouble(cost)
        .filter(measured -> measured > 0)
        .average()
        .orElse(Double.NaN);
  }

  /** What became of the trials, for instance {@code 3 seeds} or {@code 2 seeds, 1 diverged}. */
  public String status() {
    StringBuilder text = new StringBuilder();
    for (Status status : List.of(Status.FINISHED, Status.DIVERGED, Status.FAILED, Status.OPEN)) {
      long count = trials.stream().filter(t -> t.status() == status).count();
      if (count > 0) {
        text.append(text.isEmpty() ? "" : ", ").append(describe(status, count));
      }
    }
    return text.toString();
  }

  private static String describe(Status status, long count) {
    return switch (status) {
      case FINISHED -> count == 1 ? "1 seed" : count + " seeds";
      case DIVERGED -> count + " diverged";
      case FAILED -> count + " failed";
      case OPEN -> count + " unfinished";
    };
  }
}
