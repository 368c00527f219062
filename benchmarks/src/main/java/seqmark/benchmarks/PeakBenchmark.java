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
  private static final int ROUNDS = 10_000;
  private static final int CHAINS = 12;

  /** Floating-point operations of {@link #multiplyAdd}. */
  static final long FLOPS = 2L * ROUNDS * CHAINS * SPECIES.length();

  private static final int CACHED = 1 << 15;
  private static final int LARGE = 1 << 24;

  /** Bytes that {@link #cached} reads and writes: three arrays, together 384 KiB. */
  static final long CACHED_BYTES = 3L * CACHED * Float.BYTES;

  /** Bytes that {@link #memory} reads and writes: three arrays, together 192 MiB. */
  static final long LARGE_BYTES = 3L * LARGE * Float.BYTES;

  private final float[][] small = new float[3][CACHED];
  private final float[][] large = new float[3][LARGE];
  private float factor = 0.999f;
  private float other = 0.5f;

  /** For JMH. */
  public PeakBenchmark() {}

  /**
   * Fused multiply-adds on registers alone, into sums that do not wait for each other. Chains
   * through a factor, {@code a = a * x + y}, are slower by an eighth on some cores.
   */
  @Benchmark
  public float multiplyAdd() {
    FloatVector x = FloatVector.broadcast(SPECIES, factor);
    FloatVector y = FloatVector.broadcast(SPECIES, other);
    FloatVector s0 = x;
    FloatVector s1 = x.add(1f);
    FloatVector s2 = x.add(2f);
    FloatVector s3 = x.add(3f);
    FloatVector s4 = x.add(4f);
    FloatVector s5 = x.add(5f);
    FloatVector s6 = x.add(6f);
    FloatVector s7 = x.add(7f);
    FloatVector s8 = x.add(8f);
    FloatVector s9 = x.add(9f);
    FloatVector s10 = x.add(10f);
    FloatVector s11 = x.add(11f);
    for (int round = 0; round < ROUNDS; round++) {
      s0 = x.fma(y, s0);
      s1 = x.fma(y, s1);
      s2 = x.fma(y, s2);
      s3 = x.fma(y, s3);
      s4 = x.fma(y, s4);
      s5 = x.fma(y, s5);
      s6 = x.fma(y, s6);
      s7 = x.fma(y, s7);
      s8 = x.fma(y, s8);
      s9 = x.fma(y, s9);
      s10 = x.fma(y, s10);
      s11 = x.fma(y, s11);
    }
    FloatVector low = s0.add(s1).add(s2).add(s3).add(s4).add(s5);
    FloatVector high = s6.add(s7).add(s8).add(s9).add(s10).add(s11);
    return low.add(high).lane(0);
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
