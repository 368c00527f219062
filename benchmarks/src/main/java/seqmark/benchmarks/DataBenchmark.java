package seqmark.benchmarks;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import seqmark.harness.Registry;
import seqmark.tasks.Example;
import seqmark.tasks.Split;
import seqmark.tasks.Task;
import seqmark.tasks.TaskProvider;

/** Training examples drawn per second on one core; of tasks with a preset {@code small}, that. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class DataBenchmark {
  /** The task's name. */
  @Param({"copy", "reverse", "mqar", "dates"})
  public String task;

  private Task made;
  private int next;

  /** For JMH. */
  public DataBenchmark() {}

  /** Tokens drawn, of sources and targets. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Drawn {
    /** Per second in the result. */
    public long tokens;

    /** For JMH. */
    public Drawn() {}
  }

  /** Makes the task, which may read files. */
  @Setup(Level.Trial)
  public void make() {
    made = make(Registry.builtIn().task(task));
  }

  /**
   * The task as it is measured.
   *
   * @throws IllegalArgumentException if it cannot be made without settings, as one of files
   */
  static <C extends Record> Task make(TaskProvider<C> provider) {
    Map<String, C> presets = provider.presets();
    return provider.create(presets.getOrDefault("small", provider.defaults()), 1, Path.of("."));
  }

  /** One example. */
  @Benchmark
  public Example example(Drawn drawn) {
    Example example = made.example(Split.TRAIN, next);
    next = (next + 1) % made.size(Split.TRAIN);
    drawn.tokens += example.source().length + example.target().length;
    return example;
  }
}
