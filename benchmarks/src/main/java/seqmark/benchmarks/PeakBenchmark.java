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
  private static final int CHAINS = 10;

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

  /** For JMH. */
  public PeakBenchmark() {}

  /** Fused multiply-adds in chains that do not wait for each other, on registers alone. */
  @Benchmark
  public float multiplyAdd() {
    FloatVector x = FloatVector.broadcast(SPECIES, factor);
    FloatVector a = x;
    FloatVector b = x;
    FloatVector c = x;
    FloatVector d = x;
    FloatVector e = x;
    FloatVector f = x;
    FloatVector g = x;
    FloatVector h = x;
    FloatVector i = x;
    FloatVector j = x;
    for (int round = 0; round < ROUNDS; round++) {
      a = a.fma(x, x);
      b = b.fma(x, x);
      c = c.fma(x, x);
      d = d.fma(x, x);
      e = e.fma(x, x);
      f = f.fma(x, x);
      g = g.fma(x, x);
      h = h.fma(x, x);
      i = i.fma(x, x);
      j = j.fma(x, x);
    }
    return a.add(b).add(c).add(d).add(e).add(f).add(g).add(h).add(i).add(j).lane(0);
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
