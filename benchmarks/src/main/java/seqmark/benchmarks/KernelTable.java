package seqmark.benchmarks;

import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import seqmark.compute.Cost;

/**
 * Runs the benchmarks of kernels and of the machine's peak, one after the other, and prints what
 * the first reach of the second. Arguments: threads, and perhaps milliseconds per iteration.
 */
public final class KernelTable {
  private final int threads;
  private final int millis;
  private final double flops;
  private final double cached;
  private final double memory;

  private KernelTable(int threads, int millis) throws RunnerException {
    this.threads = threads;
    this.millis = millis;
    flops = threads * PeakBenchmark.FLOPS / micros("multiplyAdd") * 1e-3;
    cached = threads * PeakBenchmark.CACHED_BYTES / micros("cached") * 1e-3;
    memory = threads * PeakBenchmark.LARGE_BYTES / micros("memory") * 1e-3;
  }

  /** Prints the table as Markdown. */
  public static void main(String[] args) throws RunnerException {
    int threads = args.length > 0 ? Integer.parseInt(args[0]) : 1;
    new KernelTable(threads, args.length > 1 ? Integer.parseInt(args[1]) : 300).print();
  }

  private void print() throws RunnerException {
    System.out.printf(
        "Peak with threads %d: %.1f GFLOP/s, %.1f GB/s in the second-level cache, %.1f in memory%n%n",
        threads, flops, cached, memory);
    System.out.println("| kernel | µs | ± | GFLOP/s | of peak | GB/s | of cache | of memory |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    for (RunResult gemm : run(gemms())) {
      int[] e = GemmBenchmark.extents(gemm.getParams().getParam("shape"));
      long moved = (long) e[0] * e[1] + (long) e[1] * e[2] + (long) e[0] * e[2];
      Cost cost = new Cost(2L * e[0] * e[1] * e[2], moved * Float.BYTES);
      String name = gemm.getParams().getParam("library") + " " + gemm.getParams().getParam("shape");
      print(name, gemm, cost);
    }
    for (RunResult one : run(options(KernelBenchmark.class).param("threads", "" + threads))) {
      Kernel kernel = Kernel.valueOf(one.getParams().getParam("kernel"));
      print(kernel.name().toLowerCase(Locale.ROOT).replace('_', ' '), one, kernel.graph().cost());
    }
  }

  private ChainedOptionsBuilder gemms() {
    String[] libraries =
        OpenBlas.folder().isPresent()
            ? new String[] {"seqmark", "openblas"}
            : new String[] {"seqmark"};
    return options(GemmBenchmark.class).param("threads", "" + threads).param("library", libraries);
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
        100 * gflops / flops,
        gigabytes,
        100 * gigabytes / cached,
        100 * gigabytes / memory);
  }

  private double micros(String peak) throws RunnerException {
    ChainedOptionsBuilder options =
        common().include(PeakBenchmark.class.getName() + "." + peak + "$").threads(threads);
    return run(options).iterator().next().getPrimaryResult().getScore();
  }

  private ChainedOptionsBuilder options(Class<?> benchmark) {
    return common().include(benchmark.getName() + "\\.");
  }

  private ChainedOptionsBuilder common() {
    return new OptionsBuilder()
        .verbosity(VerboseMode.SILENT)
        .shouldFailOnError(true)
        .measurementTime(TimeValue.milliseconds(millis))
        .warmupTime(TimeValue.milliseconds(3L * millis));
  }

  private static Collection<RunResult> run(ChainedOptionsBuilder options) throws RunnerException {
    return new Runner(options.build()).run();
  }
}
