package seqmark.benchmarks;

import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one core can do at most; several threads of JMH measure several cores. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class PeakBenchmark {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int CACHED = 1 << 15;
  private static final int LARGE = 1 << 24;

  /** Bytes that {@link #cached} reads and writes: three arrays, together 384 KiB. */
  static final long CACHED_BYTES = 3L * CACHED * Float.BYTES;

  /** Bytes that {@link #memory} reads and writes: three arrays, together 192 MiB. */
  static final long LARGE_BYTES = 3L * LARGE * Float.BYTES;

  private final float[][] small = new float[3][CACHED];
  private final float[][] large = new float[3][LARGE];
  private final seqmark.throughput.PeakBenchmark registers = new seqmark.throughput.PeakBenchmark();
  private float factor = 0.999f;

  /** For JMH. */
  public PeakBenchmark() {}

  /** Fused multiply-adds on registers alone. */
  @Benchmark
  public float multiplyAdd() {
    return registers.vectorFma();
  }

  /** A sum of two arrays that fit in the second-level cache. */
  @Benchmark
  public void cached() {
    triad(small);
  }

  /** A sum of two arrays that do not fit in any cache. */
  @Benchmark
  public void memory() {
    triad(large);
  }

  private void triad(float[][] arrays) {
    float[] a = arrays[0];
    float[] b = arrays[1];
    float[] c = arrays[2];
    FloatVector scale = FloatVector.broadcast(SPECIES, factor);
    for (int i = 0; i < SPECIES.loopBound(a.length); i += SPECIES.length()) {
      FloatVector sum = FloatVector.fromArray(SPECIES, b, i);
      FloatVector.fromArray(SPECIES, c, i).fma(scale, sum).intoArray(a, i);
    }
  }
}
