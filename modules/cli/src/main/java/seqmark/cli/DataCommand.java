package seqmark.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import seqmark.harness.UserError;
import seqmark.tasks.Example;
import seqmark.tasks.Split;
import seqmark.tasks.Task;
import seqmark.tasks.TaskProvider;

/** {@code seqmark data}: what a task is made of. */
@Command(
    name = "data",
    mixinStandardHelpOptions = true,
    description = "Shows examples of a task with its default settings.")
final class DataCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TASK", description = "A task's name, as list tasks shows it.")
  private String task;

  @Option(
      names = "--split",
      defaultValue = "train",
      paramLabel = "PART",
      description = "train, validation or test; ${DEFAULT-VALUE} by default.")
  private String split;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "What generated data depends on; ${DEFAULT-VALUE} by default.")
  private long seed;

  @Option(
      names = "--show",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many examples; ${DEFAULT-VALUE} by default.")
  private int show;

  @Mixin private PluginOption plugins;

  private final Screen screen;

  DataCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    Split part = part();
    Task data = create(plugins.registry().task(task));
    int count = Math.clamp(data.size(part), 0, Math.max(0, show));
    screen
        .out()
        .println("%s, %s: %d of %d examples".formatted(task, split, count, data.size(part)));
    TextTable table = new TextTable(2, List.of("source", "target"));
    for (int i = 0; i < count; i++) {
      Example example = data.example(part, i);
      String target =
          example.references().stream()
              .map(data.target()::text)
              .collect(Collectors.joining("  or  "));
      table.row(List.of(data.source().text(example.source()), target));
    }
    table.lines(Integer.MAX_VALUE).forEach(screen.out()::println);
    return Exit.OK;
  }

  private Split part() {
    for (Split part : Split.values()) {
      if (part.name().equalsIgnoreCase(split)) {
        return part;
      }
    }
    throw new UserError(
        "--split: unknown part '"
            + split.toLowerCase(Locale.ROOT)
            + "'; known: train, validation, test");
  }

  private <C extends Record> Task create(TaskProvider<C> provider) {
    try {
      return provider.create(provider.defaults(), seed, Path.of(""));
    } catch (IllegalArgumentException e) {
      throw new UserError("task " + task + ": " + e.getMessage(), e);
    }
  }
}
