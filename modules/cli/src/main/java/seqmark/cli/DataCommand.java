package seqmark.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import seqmark.harness.ExperimentConfig;
import seqmark.harness.UserError;
import seqmark.tasks.DataHash;
import seqmark.tasks.Example;
import seqmark.tasks.Split;
import seqmark.tasks.Task;

/** {@code seqmark data}: what a task is made of. */
@Command(
    name = "data",
    mixinStandardHelpOptions = true,
    description = "Shows examples of a task, which positions count, and the hash of its data.")
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
      paramLabel = "N",
      description = "What generated data depends on; ${DEFAULT-VALUE} by default.")
  private long seed;

  @Option(
      names = "--show",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many examples; ${DEFAULT-VALUE} by default.")
  private int show;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      defaultValue = "",
      description = "Settings to start from, as list tasks shows them; otherwise the defaults.")
  private String preset;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Replaces a setting of the task, for instance length=64. Repeatable.")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--hash",
      description = "Also prints SHA-256 of the part and, as results have it, of all parts.")
  private boolean hash;

  @Mixin private PluginOption plugins;

  /** Control characters, and separators of lines and paragraphs. */
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");

  private final Screen screen;

  DataCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    Split part = part();
    Task data =
        ExperimentConfig.task(task, preset, settings, plugins.registry())
            .create(seed, Path.of("").toAbsolutePath());
    int count = Math.clamp(show, 0, data.size(part));
    List<Example> examples =
        IntStream.range(0, count).mapToObj(i -> data.example(part, i)).toList();
    screen
        .out()
        .println(
            "%s, %s: %d of %d examples"
                .formatted(task, part.name().toLowerCase(Locale.ROOT), count, data.size(part)));
    examples.stream().findFirst().map(DataCommand::counted).ifPresent(screen.out()::println);
    TextTable table = new TextTable(2, List.of("source", "target"));
    examples.forEach(e -> table.row(List.of(line(source(e, data)), line(target(e, data)))));
    table.lines(Integer.MAX_VALUE).forEach(screen.out()::println);
    if (hash) {
      screen.out().println("SHA-256 of this part:  " + DataHash.of(data, part));
      screen.out().println("SHA-256 of all parts:  " + DataHash.of(data));
    }
    return Exit.OK;
  }

  private static String counted(Example example) {
    return example.asked().length == 0
        ? "what counts: every symbol of the target; in the loss also its end"
        : "what counts: the target, which is asked at the «marked» positions of the source";
  }

  /** The source with what is asked marked, and feature vectors behind their symbols. */
  private static String source(Example example, Task data) {
    if (example.asked().length == 0 && example.features().length == 0) {
      return data.source().text(example.source());
    }
    return IntStream.range(0, example.source().length)
        .mapToObj(i -> {
          String symbol = data.source().symbol(example.source()[i]);
          boolean asked = Arrays.binarySearch(example.asked(), i) >= 0;
          return (asked ? "«" + symbol + "»" : symbol) + features(example, i);
        })
        .collect(Collectors.joining(" "));
  }

  private static String features(Example example, int position) {
    if (example.features().length == 0) {
      return "";
    }
    float[] row = example.features()[position];
    return IntStream.range(0, row.length)
        .mapToObj(i -> String.format(Locale.ROOT, "%.2f", row[i]))
        .collect(Collectors.joining(",", "(", ")"));
  }

  private static String target(Example example, Task data) {
    return example.references().stream()
        .map(data.target()::text)
        .collect(Collectors.joining("  or  "));
  }

  /** Line breaks and tabs, which would tear a table apart, and what commands terminals as signs. */
  private static String line(String text) {
    String signs = text.replace('\n', '⏎').replace('\r', '␍').replace('\t', '⇥');
    return CONTROL.matcher(signs).replaceAll("\uFFFD");
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
}
