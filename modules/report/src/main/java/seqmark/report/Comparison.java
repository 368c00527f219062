package seqmark.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import seqmark.harness.Experiment;
import seqmark.harness.Statistics;
import seqmark.harness.TrialResult;

/**
 * The models on one task: what a table of results shows, on the page as in the terminal.
 *
 * @param task the task's label
 * @param measures the task's metrics; the first one decides. Empty if no trial finished
 * @param contenders best first; those without a finished trial come last
 */
public record Comparison(String task, List<Measure> measures, List<Contender> contenders) {

  /** One comparison per task, in the order of the config. */
  public static List<Comparison> of(Experiment experiment) {
    List<Statistics.Row> rows = Statistics.rows(experiment);
    return labels(experiment, TrialResult::task).stream()
        .map(task -> of(experiment, rows, task))
        .toList();
  }

  /** The metric that decides. */
  public Measure primary() {
    return measures.getFirst();
  }

  /** What guessing scores; NaN if no trial finished. */
  public double chance(Measure measure) {
    return new Chance(this).level(measure);
  }

  private static Comparison of(Experiment experiment, List<Statistics.Row> rows, String task) {
    List<String> models = labels(experiment, TrialResult::model);
    List<Contender> contenders = new ArrayList<>();
    for (int i = 0; i < models.size(); i++) {
      String model = models.get(i);
      List<TrialResult> trials =
          experiment.trials().stream()
              .filter(t -> t.task().equals(task) && t.model().equals(model))
              .toList();
      if (!trials.isEmpty()) {
        contenders.add(contender(model, i, trials, chosen(rows, task, model)));
      }
    }
    List<Measure> measures = measures(contenders);
    if (!measures.isEmpty()) {
      contenders.sort(bestFirst(measures.getFirst()));
    }
    return new Comparison(task, measures, List.copyOf(contenders));
  }

  private static Contender contender(
      String model, int style, List<TrialResult> trials, List<Statistics.Row> chosen) {
    if (chosen.isEmpty()) {
      return new Contender(model, style, Map.of(), trials, Map.of());
    }
    Statistics.Row row = chosen.getFirst();
    List<TrialResult> same =
        trials.stream().filter(t -> t.setting().equals(row.setting())).toList();
    return new Contender(model, style, row.setting(), same, row.metrics());
  }

  private static List<Statistics.Row> chosen(List<Statistics.Row> rows, String task, String model) {
    return rows.stream()
        .filter(r -> r.chosen() && r.task().equals(task) && r.model().equals(model))
        .toList();
  }

  private static List<Measure> measures(List<Contender> contenders) {
    return contenders.stream()
        .flatMap(c -> c.finished().stream())
        .limit(1)
        .flatMap(t -> t.metrics().keySet().stream().map(name -> measure(t, name)))
        .toList();
  }

  private static Measure measure(TrialResult trial, String name) {
    return new Measure(name, trial.higherIsBetter().get(name));
  }

  /** Without a finished trial, or with a metric that is no number, last. */
  private static Comparator<Contender> bestFirst(Measure measure) {
    double worst = measure.higherIsBetter() ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    Comparator<Contender> byMean =
        Comparator.comparingDouble(
            c -> c.metric(measure).map(m -> m.mean()).filter(Double::isFinite).orElse(worst));
    return measure.higherIsBetter() ? byMean.reversed() : byMean;
  }

  private static List<String> labels(Experiment experiment, Function<TrialResult, String> label) {
    return experiment.trials().stream().map(label).distinct().toList();
  }
}
