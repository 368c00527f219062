package seqmark.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import seqmark.harness.ExperimentConfig;
import seqmark.harness.Explanation;
import seqmark.harness.Registry;
import seqmark.harness.RunOptions;
import seqmark.report.Numbers;

/** {@code seqmark explain}: what a model costs, without training it. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description =
        "Shows a model's training graph on a task, and what a step costs, without training.")
final class ExplainCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "CONFIG", description = "A YAML file.")
  private Path config;

  @Parameters(index = "1", paramLabel = "MODEL", description = "A model of the config.")
  private String model;

  @Parameters(index = "2", paramLabel = "TASK", description = "A task of the config.")
  private String task;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Replaces a value of the config. Repeatable.")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      defaultValue = RunOptions.DEFAULT_BACKEND,
      description = "What would compute; ${DEFAULT-VALUE} by default.")
  private String backend;

  @Mixin private PluginOption plugins;

  private final Screen screen;

  ExplainCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    Registry registry = plugins.registry();
    ExperimentConfig experiment = ExperimentConfig.read(config, overrides, registry);
    Explanation e = Explanation.of(experiment, registry, backend, model, task);
    screen.out().println(e.graph().strip());
    screen.out().println();
    TextTable table = new TextTable(1, List.of(model + " on " + task, ""));
    table.row(List.of("width", String.valueOf(e.width())));
    table.row(List.of("parameters", Numbers.count(e.parameters())));
    table.row(List.of("batch", String.valueOf(e.batch())));
    table.row(List.of("source length", String.valueOf(e.sourceLength())));
    table.row(List.of("target length", String.valueOf(e.targetLength())));
    table.row(List.of("FLOPs per step", Numbers.count(e.flopsPerStep())));
    table.row(List.of("FLOPs per token", Numbers.count(e.flopsPerToken())));
    table.row(List.of("bytes moved per step", Numbers.bytes(e.bytesPerStep())));
    table.row(List.of("peak memory", Numbers.bytes(e.peakBytes())));
    e.states()
        .forEach(state ->
            table.row(
                List.of(
                    "state at length %,d".formatted(state.length()),
                    Numbers.bytes(state.bytes()))));
    table.lines(Integer.MAX_VALUE).forEach(screen.out()::println);
    return Exit.OK;
  }
}
