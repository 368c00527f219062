package seqmark.benchmarks;

import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import seqmark.compute.Program;
import seqmark.compute.Session;
import seqmark.harness.Registry;

/** The time of kernels, each run as a graph of its own by the CPU backend. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class KernelBenchmark {
  /** Which; all of them if nothing is said. */
  @Param public Kernel kernel;

  /** Threads of a run. */
  @Param({"1"})
  public int threads;

  private Session session;
  private Program program;

  /** For JMH. */
  public KernelBenchmark() {}

  /** Compiles the graph. */
  @Setup(Level.Trial)
  public void open() {
    session = Registry.builtIn().backend("cpu").open(1, threads);
    program = session.compile(kernel.graph());
  }

  /** Closes the session. */
  @TearDown(Level.Trial)
  public void close() {
    session.close();
  }

  /** One run. */
  @Benchmark
  public void run() {
    program.run();
  }
}
