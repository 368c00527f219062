package seqmark.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import seqmark.harness.Experiment;
import seqmark.harness.Registry;
import seqmark.harness.WeightsImport;
import seqmark.report.Report;

/** {@code seqmark import-weights}: the way back of {@code export}. */
@Command(
    name = "import-weights",
    mixinStandardHelpOptions = true,
    description = {
      "Tests weights that were trained elsewhere, and keeps them as a trial for report and predict.",
      "Names and shapes are those of export, and so are the options that say which model it is."
    })
final class ImportWeightsCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "A safetensors file.")
  private Path weights;

  @Mixin private TrialOptions trial;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The output folder: a new one, or one of the same config.")
  private Path out;

  @Mixin private PluginOption plugins;

  private final Screen screen;

  ImportWeightsCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    Registry registry = plugins.registry();
    Report.requireFonts();
    Experiment results =
        new WeightsImport(weights, trial.config(registry), registry, trial.backend())
            .into(out, trial.model(), trial.task());
    Path page = Report.write(results, out);
    new Summary(screen).print(results);
    screen.out().println("Report: " + page);
    return Exit.OK;
  }
}
