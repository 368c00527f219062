package seqmark.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import seqmark.harness.ExperimentConfig;
import seqmark.harness.Registry;
import seqmark.harness.RunOptions;

/** Which model on which task, for commands that work on a single trial. */
final class TrialOptions {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "ID",
      description = "A model, as list models shows it, or one of the config.")
  private String model;

  @Option(
      names = "--task",
      required = true,
      paramLabel = "ID",
      description = "A task, as list tasks shows it, or one of the config.")
  private String task;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "A YAML file with their settings; without one, all settings are the defaults.")
  private Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Replaces a setting, for instance models.luong.hidden=64. Repeatable.")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "What weights and data depend on; ${DEFAULT-VALUE} by default.")
  private long seed;

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      defaultValue = RunOptions.DEFAULT_BACKEND,
      description = "What computes; ${DEFAULT-VALUE} by default.")
  private String backend;

  String model() {
    return model;
  }

  String task() {
    return task;
  }

  String backend() {
    return backend;
  }

  /** The config with this seed alone. */
  ExperimentConfig config(Registry registry) {
    List<String> all = new ArrayList<>(overrides);
    all.add("seeds=[" + seed + "]");
    return config == null
        ? ExperimentConfig.of(model, task, all, registry)
        : ExperimentConfig.read(config, all, registry);
  }
}
