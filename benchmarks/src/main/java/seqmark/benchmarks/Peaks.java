package seqmark.benchmarks;

import java.util.Collection;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * What so many threads of this machine reach at most.
 *
 * @param threads how many
 * @param gflops 10^9 floating-point operations per second, on registers alone
 * @param cached 10^9 bytes per second out of and into the second-level cache
 * @param memory 10^9 bytes per second out of and into memory
 */
record Peaks(int threads, double gflops, double cached, double memory) {
  /** Measures them, which takes half a minute. */
  static Peaks measure(int threads, int millis) throws RunnerException {
    return new Peaks(
        threads,
        threads
            * seqmark.throughput.PeakBenchmark.FLOPS
            / micros("multiplyAdd", threads, millis)
            * 1e-3,
        threads * PeakBenchmark.CACHED_BYTES / micros("cached", threads, millis) * 1e-3,
        threads * PeakBenchmark.LARGE_BYTES / micros("memory", threads, millis) * 1e-3);
  }

  private static double micros(String peak, int threads, int millis) throws RunnerException {
    String name = PeakBenchmark.class.getName() + "." + peak + "$";
    ChainedOptionsBuilder options = options(millis).include(name).threads(threads);
    return run(options).iterator().next().getPrimaryResult().getScore();
  }

  /** How benchmarks are run whose results stand in a table. */
  static ChainedOptionsBuilder options(int millis) {
    return new OptionsBuilder()
        .verbosity(VerboseMode.SILENT)
        .shouldFailOnError(true)
        .measurementTime(TimeValue.milliseconds(millis))
        .warmupTime(TimeValue.milliseconds(3L * millis));
  }

  static Collection<RunResult> run(ChainedOptionsBuilder options) throws RunnerException {
    return new Runner(options.build()).run();
  }

  @Override
  public String toString() {
    return "Peak with threads %d: %.1f GFLOP/s, %.1f GB/s in the second-level cache, %.1f in memory"
        .formatted(threads, gflops, cached, memory);
  }
}
