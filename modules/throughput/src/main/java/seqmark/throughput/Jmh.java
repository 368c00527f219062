package seqmark.throughput;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
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
  private static final int WARMUPS = 4;

  /** Ways of stepping that iterations take turns with. */
  private static final int TURNS = 2;

  /**
   * Nanoseconds of a step.
   *
   * @param moved with its data moved
   * @param resident on data that is where it was
   */
  record Times(Estimate moved, Estimate resident) {}

  /**
   * Times a case; empty if the fork gave up, which its facts or its log explain.
   *
   * @param distinct how many sequences of the batch differ
   */
  Optional<Times> time(Case of, Execution execution, int distinct) {
    Collection<RunResult> results = run(options("step", of, execution, distinct));
    List<Double> moved = scores(results, i -> !StepBenchmark.isResident(i));
    List<Double> resident = scores(results, StepBenchmark::isResident);
    return moved.isEmpty() || resident.isEmpty()
        ? Optional.empty()
        : Optional.of(new Times(Estimate.of(moved), Estimate.of(resident)));
  }

  /** Runs a case under its device's profiler, whose word is then in the fork's facts. */
  void profile(Case of, Execution execution, int distinct) {
    run(options("profiled", of, execution, distinct));
  }

  /** The score of a benchmark of the machine, all threads together. */
  Optional<Estimate> peak(String method, int threads, int floats) {
    ChainedOptionsBuilder options =
        options(PeakBenchmark.class, method, "peak-" + method + "-" + threads, List.of())
            .threads(threads)
            .param("floats", Integer.toString(floats));
    List<Double> scores = scores(run(options), i -> true);
    return scores.isEmpty() ? Optional.empty() : Optional.of(Estimate.of(scores));
  }

  private ChainedOptionsBuilder options(String method, Case of, Execution execution, int distinct) {
    List<String> flags = new ArrayList<>(flags(execution));
    flags.add(Exchange.option(execution));
    return options(StepBenchmark.class, method, of.fileName() + "-" + method, flags)
        .threads(1)
        .param("model", of.model())
        .param("backend", of.backend())
        .param("work", of.workName())
        .param("batch", Integer.toString(of.batch()))
        .param("length", Integer.toString(of.length()))
        .param("distinct", Integer.toString(distinct));
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
    return new OptionsBuilder()
        .include("^" + Pattern.quote(benchmark.getName() + "." + method) + "$")
        .jvmArgs(all.toArray(String[]::new))
        .forks(measure.forks())
        .warmupIterations(WARMUPS)
        .warmupTime(time(measure.warmupSeconds() / WARMUPS))
        .measurementIterations(TURNS * measure.iterations())
        .measurementTime(time(measure.seconds()))
        .shouldFailOnError(false)
        .output(exchange.log(log).toString());
  }

  private static TimeValue time(double seconds) {
    return new TimeValue(Math.round(seconds * 1e6), TimeUnit.MICROSECONDS);
  }

  private static Collection<RunResult> run(ChainedOptionsBuilder options) {
    try {
      return new Runner(options.build()).run();
    } catch (RunnerException e) {
      throw new UserError("JMH cannot measure: " + e.getMessage(), e);
    }
  }

  /** The scores of all forks' iterations with these numbers, counted from 0 in each fork. */
  private static List<Double> scores(Collection<RunResult> results, IntPredicate wanted) {
    List<Double> scores = new ArrayList<>();
    for (RunResult result : results) {
      for (BenchmarkResult fork : result.getBenchmarkResults()) {
        int number = 0;
        for (IterationResult iteration : fork.getIterationResults()) {
          if (wanted.test(number++)) {
            scores.add(iteration.getPrimaryResult().getScore());
          }
        }
      }
    }
    return scores;
  }

  /** Flags with names for the folders of this machine, which mean nothing elsewhere. */
  private static String withoutPlaces(String flags) {
    String shown = flags;
    String tornado = System.getenv("TORNADOVM_HOME");
    if (tornado != null && !tornado.isBlank()) {
      shown = shown.replace(tornado, "$TORNADOVM_HOME");
    }
    return shown.replaceAll("(--module-path|--patch-module)=\\S+", "$1=...");
  }

  /** What to tell of the machine, by name. */
  Map<String, String> facts() {
    return Map.of(
        "flags of every fork", withoutPlaces(String.join(" ", inherited())),
        "measured",
            ("forks: %d; in each %s s of warm-up, then %d iterations of %s s with data moved and as many"
                    + " with data resident, in turn")
                .formatted(
                    measure.forks(),
                    measure.warmupSeconds(),
                    measure.iterations(),
                    measure.seconds()));
  }
}
