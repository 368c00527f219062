package seqmark.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Target tokens per second of whole training steps: forward, backward, clipping, update. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class TrainingStepBenchmark {
  /** The model. */
  @Param({"lstm-seq2seq", "bahdanau"})
  public String model;

  /** Threads of a step. */
  @Param({"1", "2"})
  public int threads;

  private Workload workload;

  /** For JMH. */
  public TrainingStepBenchmark() {}

  /** Compiles nothing yet: the first step does. */
  @Setup(Level.Trial)
  public void open() {
    workload = new Workload(model, threads);
  }

  /** Closes the session. */
  @TearDown(Level.Trial)
  public void close() {
    workload.close();
  }

  /** One step; an operation is a token. */
  @Benchmark
  @OperationsPerInvocation(32 * 32)
  public double tokens() {
    return workload.step();
  }
}
