package seqmark.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import seqmark.harness.Experiment;
import seqmark.harness.ExperimentConfig;
import seqmark.harness.Registry;
import seqmark.harness.RunOptions;
import seqmark.harness.Runner;
import seqmark.harness.TrialResult.Status;
import seqmark.report.Report;

/** {@code seqmark run}: trains, tests and compares. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Trains and tests all models of a config on all its tasks, and writes the report.",
      "The same command goes on where an interrupted one stopped."
    })
final class RunCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "CONFIG",
      description = "A YAML file, for instance configs/quickstart.yaml.")
  private Path config;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where everything is written; reports/<name of the config> by default.")
  private Path out;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Replaces a value of the config, for instance train.steps=50. Repeatable.")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      defaultValue = RunOptions.DEFAULT_BACKEND,
      description = "What computes; ${DEFAULT-VALUE} by default.")
  private String backend;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Threads per trial; ${DEFAULT-VALUE} by default. Results do not depend on it.")
  private int threads;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Trials side by side; by default as many as there are cores for.")
  private Integer jobs;

  @Mixin private PluginOption plugins;

  private final Screen screen;

  RunCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    Registry registry = plugins.registry();
    ExperimentConfig experiment = ExperimentConfig.read(config, overrides, registry);
    Report.requireFonts();
    Path folder = out != null ? out : Path.of("reports", experiment.name());
    RunOptions options = new RunOptions(folder, backend, jobs(), threads);
    screen.out().println(screen.bold(experiment.name()) + ": results go to " + folder);
    ProgressView view = ProgressView.on(screen);
    Runner runner = new Runner(experiment, registry, options, view);
    // Until the interruption is closed, Ctrl-C does not end the process: the last word is ours.
    try (Interruption interruption = new Interruption(runner::stop)) {
      Experiment results = run(runner, view);
      if (interruption.happened()) {
        screen.err().println("seqmark: interrupted; the same command goes on from here");
        return Exit.INTERRUPTED;
      }
      return conclude(results, folder);
    }
  }

  private static Experiment run(Runner runner, ProgressView view) {
    try (view) {
      return runner.run();
    }
  }

  private int conclude(Experiment results, Path folder) {
    Path page = Report.write(results, folder);
    new Summary(screen).print(results);
    screen.out().println("Report: " + page);
    boolean lost =
        results.trials().stream()
            .anyMatch(t -> t.status() == Status.FAILED || t.status() == Status.DIVERGED);
    return lost ? Exit.TRIAL_FAILED : Exit.OK;
  }

  private int jobs() {
    if (jobs != null) {
      return jobs;
    }
    return Math.max(1, Runtime.getRuntime().availableProcessors() / Math.max(1, threads));
  }
}
