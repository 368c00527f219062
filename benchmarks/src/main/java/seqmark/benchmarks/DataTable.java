package seqmark.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import seqmark.harness.Registry;
import seqmark.tasks.TaskProvider;

/** Prints how fast every task there is draws its data: tokens per second on one core. */
public final class DataTable {
  private DataTable() {}

  /** Prints the table as Markdown; arguments name tasks, none means all. */
  public static void main(String[] args) throws RunnerException {
    List<String> tasks = new ArrayList<>(List.of(args));
    for (TaskProvider<?> provider : Registry.builtIn().tasks()) {
      if (args.length == 0 && made(provider)) {
        tasks.add(provider.id());
      }
    }
    Options options =
        new OptionsBuilder()
            .include(DataBenchmark.class.getName() + "\\.")
            .param("task", tasks.toArray(String[]::new))
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true)
            .build();
    System.out.println("| task | million tokens/s | examples/s |");
    System.out.println("|---|---|---|");
    for (RunResult result : new Runner(options).run()) {
      System.out.printf(
          "| `%s` | %.2f | %.0f |%n",
          result.getParams().getParam("task"),
          result.getSecondaryResults().get("tokens").getScore() * 1e-6,
          result.getPrimaryResult().getScore());
    }
  }

  private static boolean made(TaskProvider<?> provider) {
    try {
      DataBenchmark.make(provider);
      return true;
    } catch (IllegalArgumentException e) {
      System.err.println(provider.id() + ": left out: " + e.getMessage());
      return false;
    }
  }
}
