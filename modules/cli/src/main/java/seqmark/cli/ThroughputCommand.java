package seqmark.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import seqmark.harness.Registry;
import seqmark.harness.ThroughputConfig;
import seqmark.report.Report;
import seqmark.throughput.Throughput;

/** {@code seqmark throughput}: how fast models are. */
@Command(
    name = "throughput",
    mixinStandardHelpOptions = true,
    description = {
      "Times training, forward and generation steps of all models of a config on all its backends,",
      "and writes the report. Let nothing else run meanwhile."
    })
final class ThroughputCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "CONFIG",
      description = "A YAML file, for instance configs/throughput.yaml.")
  private Path config;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where everything is written; reports/<name of the config> by default.")
  private Path out;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Replaces a value of the config, for instance length=[8,16]. Repeatable.")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = "--quick",
      description = "Looks so shortly that its numbers are no good, to see whether all works.")
  private boolean quick;

  @Mixin private PluginOption plugins;

  private final Screen screen;

  ThroughputCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() throws InterruptedException {
    Registry registry = plugins.registry();
    ThroughputConfig read = ThroughputConfig.read(config, overrides, registry);
    Report.requireFonts();
    Path folder = out != null ? out : Path.of("reports", read.name());
    screen.out().println(screen.bold(read.name()) + ": results go to " + folder);
    Throughput throughput =
        new Throughput(read, registry, plugins.places(), folder, quick, screen.out()::println);
    Throughput.Outcome outcome = throughput.run();
    screen.out().println("Report: " + outcome.page());
    return outcome.complete() ? Exit.OK : Exit.TRIAL_FAILED;
  }
}
