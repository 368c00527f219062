package seqmark.throughput;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What the cores can do at best: operations and bytes per nanosecond, so GFLOP/s and GB/s. All
 * threads together, each with arrays of its own.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PeakBenchmark {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /**
   * Independent sums, enough to hide that an operation takes four cycles and two start in one.
   * Chains through a factor, {@code a = a * x + y}, are slower by an eighth on some cores.
   */
  private static final int CHAINS = 12;

  private static final int LANE_ROUNDS = 1 << 17;

  /** Floating-point operations of {@link #vectorFma} and of {@link #scalarFma}. */
  public static final int FLOPS = 2 * CHAINS * LANE_ROUNDS;

  private static final int TRIAD_FLOATS = 1 << 18;

  /** STREAM's count: two arrays read, one written. */
  private static final int TRIAD_BYTES = 3 * Float.BYTES * TRIAD_FLOATS;

  /** Floats per array and thread; a multiple of 2^18. */
  @Param("262144")
  public int floats;

  private float[] a;
  private float[] b;
  private float[] c;
  private int at;

  /** Kept out of the compiler's sight. */
  private float factor = 0.999f;

  private float other = 0.5f;

  /** For JMH. */
  public PeakBenchmark() {}

  /** Touches all pages. */
  @Setup(Level.Trial)
  public void fill() {
    a = new float[floats];
    b = new float[floats];
    c = new float[floats];
    Arrays.fill(a, 1);
    Arrays.fill(b, 2);
    Arrays.fill(c, 3);
  }

  /** Fused multiply-adds of whole vectors in registers. */
  @Benchmark
  @OperationsPerInvocation(FLOPS)
  public float vectorFma() {
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
    for (int i = 0; i < LANE_ROUNDS; i += SPECIES.length()) {
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
    return low.add(high).reduceLanes(VectorOperators.ADD);
  }

  /** The same one number at a time; the compiler cannot join sums that depend on themselves. */
  @Benchmark
  @OperationsPerInvocation(FLOPS)
  public float scalarFma() {
    float x = factor;
    float y = other;
    float s0 = x;
    float s1 = x + 1;
    float s2 = x + 2;
    float s3 = x + 3;
    float s4 = x + 4;
    float s5 = x + 5;
    float s6 = x + 6;
    float s7 = x + 7;
    float s8 = x + 8;
    float s9 = x + 9;
    float s10 = x + 10;
    float s11 = x + 11;
    for (int i = 0; i < LANE_ROUNDS; i++) {
      s0 = Math.fma(x, y, s0);
      s1 = Math.fma(x, y, s1);
      s2 = Math.fma(x, y, s2);
      s3 = Math.fma(x, y, s3);
      s4 = Math.fma(x, y, s4);
      s5 = Math.fma(x, y, s5);
      s6 = Math.fma(x, y, s6);
      s7 = Math.fma(x, y, s7);
      s8 = Math.fma(x, y, s8);
      s9 = Math.fma(x, y, s9);
      s10 = Math.fma(x, y, s10);
      s11 = Math.fma(x, y, s11);
    }
    float low = s0 + s1 + s2 + s3 + s4 + s5;
    float high = s6 + s7 + s8 + s9 + s10 + s11;
    return low + high;
  }

  /** STREAM's triad (McCalpin 1995), {@code a = b + s c}, a piece at a time through all memory. */
  @Benchmark
  @OperationsPerInvocation(TRIAD_BYTES)
  public float triad() {
    int from = at;
    at = from + TRIAD_FLOATS >= floats ? 0 : from + TRIAD_FLOATS;
    FloatVector s = FloatVector.broadcast(SPECIES, factor);
    for (int i = from; i < from + TRIAD_FLOATS; i += SPECIES.length()) {
      FloatVector x = FloatVector.fromArray(SPECIES, c, i);
      x.fma(s, FloatVector.fromArray(SPECIES, b, i)).intoArray(a, i);
    }
    return a[from];
  }
}
