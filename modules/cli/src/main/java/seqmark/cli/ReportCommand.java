package seqmark.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import seqmark.harness.Results;
import seqmark.report.Report;

/** {@code seqmark report}: draws the report again. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = "Writes the report of a folder again, from the results in it.")
final class ReportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "A folder that run has written to.")
  private Path folder;

  private final Screen screen;

  ReportCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    screen.out().println("Report: " + Report.write(Results.read(folder), folder));
    return Exit.OK;
  }
}
