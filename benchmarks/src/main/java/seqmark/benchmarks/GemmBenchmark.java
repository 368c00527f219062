package seqmark.benchmarks;

import java.util.Arrays;
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

/**
 * Matrix products {@code [M, K] · [K, N]} of Seqmark and of OpenBLAS: squares, a recurrence's step
 * at batch 32 and at batch 1, all steps of its input at once, and its weight gradient.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class GemmBenchmark {
  /** M, K, N, and T if the left operand is stored as its transpose. */
  @Param({
    "64x64x64",
    "128x128x128",
    "256x256x256",
    "512x512x512",
    "1024x1024x1024",
    "32x128x512",
    "1x128x512",
    "1024x64x512",
    "128x1024x512T"
  })
  public String shape;

  /** Threads of a product. */
  @Param({"1"})
  public int threads;

  /** {@code seqmark}, or {@code openblas} if its library is there. */
  @Param({"seqmark"})
  public String library;

  private Product own;
  private Runnable product;

  /** For JMH. */
  public GemmBenchmark() {}

  /** M, K and N. */
  static int[] extents(String shape) {
    return Arrays.stream(shape.replace("T", "").split("x")).mapToInt(Integer::parseInt).toArray();
  }

  /** Prepares the product. */
  @Setup(Level.Trial)
  public void open() {
    int[] e = extents(shape);
    boolean transposed = shape.endsWith("T");
    product =
        switch (library) {
          case "seqmark" -> seqmark(e[0], e[1], e[2], transposed);
          case "openblas" -> new OpenBlas(threads).product(e[0], e[1], e[2], transposed);
          default -> throw new IllegalArgumentException("library: unknown, found " + library);
        };
  }

  private Runnable seqmark(int m, int k, int n, boolean transposed) {
    own = new Product(m, k, n, transposed, threads);
    return own::run;
  }

  /** Ends its threads. */
  @TearDown(Level.Trial)
  public void close() {
    if (own != null) {
      own.close();
    }
  }

  /** One product. */
  @Benchmark
  public void product() {
    product.run();
  }
}
