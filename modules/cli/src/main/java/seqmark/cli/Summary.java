package seqmark.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import seqmark.harness.Experiment;
import seqmark.harness.TrialResult;
import seqmark.harness.TrialResult.Status;
import seqmark.report.Comparison;
import seqmark.report.Contender;
import seqmark.report.Measure;
import seqmark.report.Numbers;
import seqmark.report.Verdict;

/**
 * The results of an experiment as text: a table and a verdict per task.
 *
 * @param screen where it is printed
 */
record Summary(Screen screen) {
  private static final int LINE = 100;

  void print(Experiment experiment) {
    for (Comparison comparison : Comparison.of(experiment)) {
      screen.out().println();
      screen.out().println(screen.bold(comparison.task()));
      List<String> lines = table(comparison).lines(screen.width() - 2);
      screen.out().println("  " + screen.dim(lines.getFirst()));
      lines.stream().skip(1).forEach(line -> screen.out().println("  " + line));
      Verdict verdict = Verdict.of(comparison);
      wrapped(verdict.headline() + " " + verdict.detail());
    }
    experiment
        .referenceOps()
        .forEach((model, ops) -> {
          screen.out().println();
          wrapped(
              model
                  + ": its speed says nothing, because its own ops ("
                  + ops
                  + ") have no kernel and ran their float64 reference.");
        });
    for (TrialResult trial : experiment.trials()) {
      if (trial.status() == Status.FAILED || trial.status() == Status.DIVERGED) {
        String state = trial.status() == Status.FAILED ? "failed" : "diverged";
        screen.out().println();
        screen.out().println(screen.red("✗ " + trial.id() + " " + state) + ": " + trial.message());
      }
    }
    screen.out().println();
  }

  private static TextTable table(Comparison comparison) {
    List<String> titles = new ArrayList<>(List.of("model"));
    for (Measure measure : comparison.measures()) {
      titles.add(measure.name() + (measure.higherIsBetter() ? " ↑" : " ↓"));
    }
    titles.addAll(
        List.of("trials", "parameters", "FLOPs/token", "tokens/s", "peak memory", "time/seed"));
    TextTable table = new TextTable(1, titles);
    for (Contender c : comparison.contenders()) {
      List<String> row = new ArrayList<>(List.of(name(c)));
      for (Measure measure : comparison.measures()) {
        row.add(c.metric(measure).map(measure::format).orElse("–"));
      }
      row.add(c.status());
      row.add(cost(c, TrialResult::parameters, Numbers::count));
      row.add(cost(c, TrialResult::flopsPerToken, Numbers::count));
      row.add(cost(c, TrialResult::trainTokensPerSecond, Numbers::count));
      row.add(cost(c, TrialResult::peakBytes, Numbers::bytes));
      row.add(cost(c, TrialResult::trainSeconds, Numbers::duration));
      table.row(row);
    }
    if (!comparison.measures().isEmpty()) {
      table.row(chance(comparison));
    }
    return table;
  }

  private static List<String> chance(Comparison comparison) {
    List<String> row = new ArrayList<>(List.of("chance"));
    for (Measure measure : comparison.measures()) {
      double level = comparison.chance(measure);
      row.add(Double.isFinite(level) ? measure.format(level) : "–");
    }
    row.addAll(List.of("", "", "", "", "", ""));
    return row;
  }

  private static String name(Contender contender) {
    return contender.setting().isEmpty()
        ? contender.model()
        : contender.model() + " " + contender.setting();
  }

  private static String cost(
      Contender contender, ToDoubleFunction<TrialResult> property, DoubleFunction<String> format) {
    double mean = contender.mean(property);
    return Double.isFinite(mean) ? format.apply(mean) : "–";
  }

  private void wrapped(String text) {
    int width = Math.min(LINE, screen.width() - 2);
    StringBuilder line = new StringBuilder();
    for (String word : text.strip().split(" ")) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        screen.out().println("  " + line);
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    screen.out().println("  " + line);
  }
}
