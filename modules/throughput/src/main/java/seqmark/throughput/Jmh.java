package seqmark.throughput;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import seqmark.harness.ThroughputConfig.Execution;
import seqmark.harness.ThroughputConfig.Measure;
import seqmark.harness.UserError;

/**
 * Runs benchmarks, each in virtual machines of its own that have the module path and the flags of
 * this one.
 */
record Jmh(Exchange exchange, Measure measure) {

  /** Times one way of stepping a case; empty if the fork gave up, which its facts explain. */
  Optional<Estimate> time(String method, Case of, Execution execution) {
    ChainedOptionsBuilder options =
        options(StepBenchmark.class, method, of.fileName() + "-" + method, flags(execution))
            .threads(1)
            .param("model", of.model())
            .param("backend", of.backend())
            .param("work", of.workName())
            .param("batch", Integer.toString(of.batch()))
            .param("length", Integer.toString(of.length()));
    return run(options);
  }

  /** The score of a benchmark of the machine, all threads together. */
  Optional<Estimate> peak(String method, int threads, int floats) {
    ChainedOptionsBuilder options =
        options(PeakBenchmark.class, method, "peak-" + method + "-" + threads, List.of())
            .threads(threads)
            .param("floats", Integer.toString(floats));
    return run(options);
  }

  /** The flags that every fork gets, besides those of its backend. */
  static List<String> inherited() {
    List<String> flags = new ArrayList<>(ManagementFactory.getRuntimeMXBean().getInputArguments());
    flags.add("--add-modules=ALL-MODULE-PATH");
    return flags;
  }

  /** What a backend's settings need of its virtual machine. */
  static List<String> flags(Execution execution) {
    return execution.vectorBits() == 0
        ? List.of()
        : List.of("-XX:MaxVectorSize=" + execution.vectorBits() / Byte.SIZE, "-XX:-UseSuperWord");
  }

  private ChainedOptionsBuilder options(
      Class<?> benchmark, String method, String log, List<String> flags) {
    List<String> all = inherited();
    all.addAll(exchange.options());
    all.addAll(flags);
    TimeValue time = new TimeValue(Math.round(measure.seconds() * 1e6), TimeUnit.MICROSECONDS);
    return new OptionsBuilder()
        .include("^" + Pattern.quote(benchmark.getName() + "." + method) + "$")
        .jvmArgs(all.toArray(String[]::new))
        .forks(measure.forks())
        .warmupIterations(measure.warmup())
        .warmupTime(time)
        .measurementIterations(measure.iterations())
        .measurementTime(time)
        .shouldFailOnError(false)
        .output(exchange.log(log).toString());
  }

  private static Optional<Estimate> run(ChainedOptionsBuilder options) {
    try {
      Collection<RunResult> results = new Runner(options.build()).run();
      List<Double> scores =
          results.stream()
              .flatMap(r -> r.getBenchmarkResults().stream())
              .flatMap(r -> scores(r).stream())
              .toList();
      return scores.isEmpty() ? Optional.empty() : Optional.of(Estimate.of(scores));
    } catch (RunnerException e) {
      throw new UserError("JMH cannot measure: " + e.getMessage(), e);
    }
  }

  private static List<Double> scores(BenchmarkResult fork) {
    Collection<IterationResult> iterations = fork.getIterationResults();
    return iterations.stream().map(i -> i.getPrimaryResult().getScore()).toList();
  }

  /** What to tell of the machine, by name. */
  Map<String, String> facts() {
    return Map.of(
        "flags of every fork", String.join(" ", inherited()),
        "measured",
            "%d fork(s) of %d warm-up and %d counted iterations of %s s"
                .formatted(
                    measure.forks(), measure.warmup(), measure.iterations(), measure.seconds()));
  }
}
