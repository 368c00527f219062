package seqmark.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import seqmark.harness.Export;
import seqmark.harness.Registry;

/** {@code seqmark export}: a model to be checked by others. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes an untrained model and one training step of it, dropout off, to a folder:",
      Export.WEIGHTS + ", " + Export.BATCH + ", " + Export.OUTPUTS + ", " + Export.MODEL + "."
    })
final class ExportCommand implements Callable<Integer> {
  @Mixin private TrialOptions trial;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where to write.")
  private Path out;

  @Mixin private PluginOption plugins;

  private final Screen screen;

  ExportCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    Registry registry = plugins.registry();
    Export.write(
        out, trial.config(registry), registry, trial.backend(), trial.model(), trial.task());
    screen.out().println("Export: " + out);
    return Exit.OK;
  }
}
