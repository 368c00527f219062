package seqmark.throughput;

import java.util.Optional;
import seqmark.harness.ThroughputConfig.Measure;

/**
 * What the cores can do at best, measured in the same run.
 *
 * @param vectorOne GFLOP/s of one thread, fused multiply-adds of whole vectors in registers
 * @param vectorAll GFLOP/s of all threads
 * @param scalarOne GFLOP/s of one thread, one number at a time
 * @param triadOne GB/s of one thread, {@code a = b + s c} through arrays larger than most caches
 * @param triadAll GB/s of all threads
 * @param threads how many all are
 * @param triadBytes size of the three arrays of all threads
 */
record Peaks(
    Optional<Estimate> vectorOne,
    Optional<Estimate> vectorAll,
    Optional<Estimate> scalarOne,
    Optional<Estimate> triadOne,
    Optional<Estimate> triadAll,
    int threads,
    long triadBytes) {
  /** Floats per array, all threads together. */
  private static final int FLOATS = 1 << 25;

  private static final Measure LONG = new Measure(1, 2, 3, 1);

  /** The first iteration is mostly interpreted. */
  private static final Measure SHORT = new Measure(1, 0.8, 2, 0.2);

  private static final int QUICK_FLOATS = 1 << 20;
  private static final int PIECE = 1 << 18;
  private static final int ARRAYS = 3;

  /** Measures them. */
  static Peaks measure(Exchange exchange, boolean quick) {
    Jmh jmh = new Jmh(exchange, quick ? SHORT : LONG);
    int threads = Runtime.getRuntime().availableProcessors();
    int all = quick ? QUICK_FLOATS : FLOATS;
    int each = Math.max(PIECE, all / threads / PIECE * PIECE);
    return new Peaks(
        jmh.peak("vectorFma", 1, PIECE),
        jmh.peak("vectorFma", threads, PIECE),
        jmh.peak("scalarFma", 1, PIECE),
        jmh.peak("triad", 1, all),
        jmh.peak("triad", threads, each),
        threads,
        (long) ARRAYS * Float.BYTES * each * threads);
  }

  /** The most GFLOP/s that so many threads can do, if that was measured. */
  Optional<Estimate> gigaflops(int ofThreads) {
    return ofThreads == threads ? vectorAll : ofThreads == 1 ? vectorOne : Optional.empty();
  }

  /** The most GB/s that so many threads can move, if that was measured. */
  Optional<Estimate> gigabytes(int ofThreads) {
    return ofThreads == threads ? triadAll : ofThreads == 1 ? triadOne : Optional.empty();
  }
}
