package seqmark.throughput;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;
import seqmark.harness.Registry;
import seqmark.harness.ThroughputConfig.Work;

/** Steps of one case, in a virtual machine of their own. Nothing is timed behind a red gate. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StepBenchmark {
  /** A model's label in the config. */
  @Param("")
  public String model;

  /** A backend's label in the config. */
  @Param("")
  public String backend;

  /** A part of the model's life, as the config names it. */
  @Param("training")
  public String work;

  /** Sequences at a time. */
  @Param("1")
  public int batch;

  /** Tokens of a sequence. */
  @Param("1")
  public int length;

  /** How many of the sequences differ, which the parent finds out: nothing is traced before. */
  @Param("1")
  public int distinct;

  private final Exchange exchange = Exchange.ofThisFork();
  private Case of;
  private String method;
  private Subject subject;
  private boolean resident;
  private int warm;
  private int counted;

  /** For JMH. */
  public StepBenchmark() {}

  /** Compiles, steps once and compares with the reference. */
  @Setup(Level.Trial)
  public void open(@SuppressWarnings("exports") BenchmarkParams params) {
    method = params.getBenchmark().substring(params.getBenchmark().lastIndexOf('.') + 1);
    of = new Case(model, backend, Work.valueOf(work.toUpperCase(Locale.ROOT)), batch, length);
    Registry registry = Registry.load(exchange.plugins());
    subject = Subject.open(of, distinct, exchange.readConfig(registry), registry);
    exchange.write(method, of, subject.facts());
    if (!subject.facts().gate().green()) {
      throw new IllegalStateException(subject.facts().gate().where());
    }
  }

  /** Tells what the profiler said. */
  @TearDown(Level.Trial)
  public void close() {
    exchange.write(method, of, subject.facts());
    subject.close();
  }

  /** Iterations take turns, so that what changes meanwhile changes both ways of stepping. */
  @Setup(Level.Iteration)
  public void takeTurns(@SuppressWarnings("exports") IterationParams params) {
    boolean counts = params.getType() == IterationType.MEASUREMENT;
    if (counts && counted == 0) {
      subject.startCounting();
    }
    resident = isResident(counts ? counted++ : warm++);
  }

  /** Whether the data of an iteration, counted from 0, stays where it is. */
  static boolean isResident(int iteration) {
    return iteration % 2 == 1;
  }

  /** A step, with its data moved in and out or where it was. */
  @Benchmark
  public void step() {
    if (resident) {
      subject.resident();
    } else {
      subject.step();
    }
  }

  /** A step under the profiler. */
  @Benchmark
  public void profiled() {
    subject.profile();
  }
}
