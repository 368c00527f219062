package seqmark.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import seqmark.compute.Backend;
import seqmark.harness.Registry;
import seqmark.harness.RunOptions;
import seqmark.nn.ModelProvider;
import seqmark.tasks.TaskProvider;

/** {@code seqmark list}: what there is. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the models, tasks or backends there are, with their settings.")
final class ListCommand implements Callable<Integer> {
  /** What can be listed. */
  enum Kind {
    /** Architectures. */
    models,
    /** Data to learn from. */
    tasks,
    /** What computes. */
    backends
  }

  @Parameters(paramLabel = "KIND", description = "One of ${COMPLETION-CANDIDATES}.")
  private Kind kind;

  private final Screen screen;

  ListCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    Registry registry = Registry.load(Optional.empty());
    switch (kind) {
      case models -> registry.models().forEach(this::model);
      case tasks -> registry.tasks().forEach(this::task);
      case backends -> registry.backends().forEach(this::backend);
    }
    return Exit.OK;
  }

  private void model(ModelProvider<?> provider) {
    entry(provider.id(), provider.summary(), provider.defaults());
  }

  private void task(TaskProvider<?> provider) {
    entry(provider.id(), provider.summary(), provider.defaults());
  }

  private void backend(Backend backend) {
    boolean standard = backend.name().equals(RunOptions.DEFAULT_BACKEND);
    screen.out().println(screen.bold(backend.name()) + (standard ? " (default)" : ""));
  }

  private void entry(String name, String summary, Record defaults) {
    screen.out().println(screen.bold(name));
    screen.out().println("  " + summary);
    String settings = settings(defaults);
    if (!settings.isEmpty()) {
      screen.out().println("  " + screen.dim(settings));
    }
  }

  /** The defaults, as a record prints itself: its class need not be open to this module. */
  private static String settings(Record defaults) {
    String text = defaults.toString();
    return text.substring(text.indexOf('[') + 1, text.length() - 1).replace("=", ": ");
  }
}
