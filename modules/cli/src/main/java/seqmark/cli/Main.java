package seqmark.cli;

import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;
import seqmark.harness.PluginException;
import seqmark.harness.UserError;

/** The program. */
@Command(
    name = "seqmark",
    description = "Compares sequence architectures on the same kernels, data and budgets.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    subcommands = {
      RunCommand.class,
      ReportCommand.class,
      ThroughputCommand.class,
      ListCommand.class,
      DataCommand.class,
      ExplainCommand.class,
      PredictCommand.class,
      ExportCommand.class,
      ImportWeightsCommand.class,
      NewModelCommand.class
    })
public final class Main {
  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Show stack traces of errors.")
  private boolean verbose;

  private final Screen screen;

  private Main(Screen screen) {
    this.screen = screen;
  }

  /** Runs the command line and exits with its code. */
  public static void main(String[] args) {
    System.exit(run(Screen.ofProcess(), args));
  }

  /** Runs a command line; returns its exit code. */
  static int run(Screen screen, String... args) {
    Main main = new Main(screen);
    CommandLine commands =
        new CommandLine(main, new Commands(screen))
            .setOut(screen.out())
            .setErr(screen.err())
            .setColorScheme(CommandLine.Help.defaultColorScheme(screen.ansi()))
            .setUsageHelpAutoWidth(false)
            .setUsageHelpWidth(Math.clamp(screen.width(), 60, 100))
            .setParameterExceptionHandler((e, given) -> main.badUsage(e))
            .setExecutionExceptionHandler((e, command, given) -> main.failed(e, given));
    int code = args.length == 0 ? noCommand(commands) : main.execute(commands, args);
    screen.out().flush();
    screen.err().flush();
    return code;
  }

  private int execute(CommandLine commands, String... args) {
    try {
      return commands.execute(args);
    } catch (OutOfMemoryError e) {
      error(
          String.format(
              Locale.ROOT,
              "out of memory (%s): Java's heap has %.1f GB; take fewer or shorter examples, smaller"
                  + " models or batches, or give Java more memory (JAVA_TOOL_OPTIONS=-Xmx...)",
              e.getMessage(),
              Runtime.getRuntime().maxMemory() / 1e9));
      return Exit.UNEXPECTED;
    }
  }

  private static int noCommand(CommandLine commands) {
    commands.usage(commands.getErr());
    return Exit.USER_ERROR;
  }

  private int badUsage(ParameterException e) {
    CommandLine command = e.getCommandLine();
    String message = e.getMessage();
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      var suggestions = unmatched.getSuggestions();
      message += suggestions.isEmpty() ? "" : "; did you mean " + suggestions.getFirst() + "?";
    }
    error(message + " (see " + command.getCommandSpec().qualifiedName() + " --help)");
    return Exit.USER_ERROR;
  }

  private int failed(Exception e, ParseResult given) {
    boolean user = e instanceof UserError;
    String message = user ? e.getMessage() : "unexpected error: " + e;
    error(message + (user || verbose ? "" : " (--verbose shows where)"), e);
    return user ? Exit.USER_ERROR : Exit.UNEXPECTED;
  }

  /** Something went wrong, but not everything. */
  void error(PluginException e) {
    error(e.getMessage(), e);
  }

  private void error(String message, Exception e) {
    error(message);
    if (verbose) {
      e.printStackTrace(screen.err());
    }
  }

  /** One line, whatever the message is made of. */
  private void error(String message) {
    screen.err().println("seqmark: " + message.strip().replaceAll("\\s*\\R\\s*", " "));
  }

  /** The version in the module's descriptor; Maven does not know it where tests run. */
  static String version() {
    var descriptor = Main.class.getModule().getDescriptor();
    return descriptor == null ? "unknown" : descriptor.rawVersion().orElse("unknown");
  }

  /** What {@code --version} prints. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"seqmark " + version() + ", Java " + Runtime.version()};
    }
  }
}
