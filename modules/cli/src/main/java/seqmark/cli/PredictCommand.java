package seqmark.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import seqmark.harness.Predictor;
import seqmark.harness.Predictor.Prediction;
import seqmark.harness.Registry;
import seqmark.harness.RunOptions;
import seqmark.harness.TrialResult.AttentionMap;
import seqmark.harness.UserError;
import seqmark.report.Report;

/** {@code seqmark predict}: asks a trained model. */
@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    description = "Lets a trained trial answer typed input, and shows where it looked.")
final class PredictCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "DIR", description = "A folder that run has written to.")
  private Path folder;

  @Parameters(
      index = "1",
      paramLabel = "TRIAL",
      description = "A trial, for instance g2p-bahdanau-1.")
  private String trial;

  @Parameters(index = "2..*", arity = "1..*", paramLabel = "INPUT", description = "What to answer.")
  private List<String> inputs;

  @Option(
      names = "--svg",
      paramLabel = "FILE",
      description = "Writes the attention map of the last input to a file.")
  private Path svg;

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      defaultValue = RunOptions.DEFAULT_BACKEND,
      description = "What computes; ${DEFAULT-VALUE} by default.")
  private String backend;

  @Mixin private PluginOption plugins;

  private final Screen screen;

  PredictCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    Registry registry = plugins.registry();
    try (Predictor predictor = Predictor.open(folder, trial, registry, backend)) {
      Optional<AttentionMap> last = Optional.empty();
      for (String input : inputs) {
        Prediction prediction = predictor.predict(input);
        screen.out().println(screen.bold(prediction.output()));
        last = prediction.attention();
        last.ifPresent(map -> AttentionText.lines(map).forEach(screen.out()::println));
      }
      if (svg != null) {
        write(
            last.orElseThrow(
                () -> new UserError("--svg: " + trial + " does not attend, or wrote nothing")));
      }
    }
    return Exit.OK;
  }

  private void write(AttentionMap map) {
    try {
      Files.writeString(svg, Report.picture(trial, map));
    } catch (IOException e) {
      throw new UserError("cannot write " + svg + ": " + e.getMessage(), e);
    }
  }
}
