package seqmark.benchmarks;

import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import seqmark.compute.Cost;

/**
 * Runs the benchmarks of kernels and of the machine's peak, one after the other, and prints what
 * the first reach of the second. Arguments: threads, and perhaps milliseconds per iteration.
 */
public final class KernelTable {
  private final int millis;
  private final Peaks peaks;

  private KernelTable(int threads, int millis) throws RunnerException {
    this.millis = millis;
    peaks = Peaks.measure(threads, millis);
  }

  /** Prints the table as Markdown. */
  public static void main(String[] args) throws RunnerException {
    try {
      int threads = args.length > 0 ? Integer.parseInt(args[0]) : 1;
      int millis = args.length > 1 ? Integer.parseInt(args[1]) : 300;
      new KernelTable(threads, millis).print();
    } catch (NumberFormatException e) {
      System.err.println("kernels: threads and milliseconds are whole numbers: " + e.getMessage());
      System.exit(2);
    }
  }

  private void print() throws RunnerException {
    System.out.printf("%s%n%n", peaks);
    System.out.println("| kernel | µs | ± | GFLOP/s | of peak | GB/s | of cache | of memory |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    for (RunResult gemm : Peaks.run(gemms())) {
      int[] e = GemmBenchmark.extents(gemm.getParams().getParam("shape"));
      long moved = (long) e[0] * e[1] + (long) e[1] * e[2] + (long) e[0] * e[2];
      Cost cost = new Cost(2L * e[0] * e[1] * e[2], moved * Float.BYTES);
      String name = gemm.getParams().getParam("library") + " " + gemm.getParams().getParam("shape");
      print(name, gemm, cost);
    }
    for (RunResult one : Peaks.run(options(KernelBenchmark.class))) {
      Kernel kernel = Kernel.valueOf(one.getParams().getParam("kernel"));
      print(kernel.name().toLowerCase(Locale.ROOT).replace('_', ' '), one, kernel.graph().cost());
    }
  }

  private ChainedOptionsBuilder gemms() {
    String[] libraries =
        OpenBlas.folder().isPresent()
            ? new String[] {"seqmark", "openblas"}
            : new String[] {"seqmark"};
    return options(GemmBenchmark.class).param("library", libraries);
  }

  private void print(String name, RunResult result, Cost cost) {
    double micros = result.getPrimaryResult().getScore();
    double gflops = cost.flops() / micros * 1e-3;
    double gigabytes = cost.bytes() / micros * 1e-3;
    System.out.printf(
        "| %s | %.2f | %.2f | %.1f | %.0f%% | %.1f | %.0f%% | %.0f%% |%n",
        name,
        micros,
        result.getPrimaryResult().getScoreError(),
        gflops,
        100 * gflops / peaks.gflops(),
        gigabytes,
        100 * gigabytes / peaks.cached(),
        100 * gigabytes / peaks.memory());
  }

  private ChainedOptionsBuilder options(Class<?> benchmark) {
    return Peaks.options(millis)
        .include(benchmark.getName() + "\\.")
        .param("threads", "" + peaks.threads());
  }
}
