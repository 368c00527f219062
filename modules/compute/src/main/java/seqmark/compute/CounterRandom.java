package seqmark.compute;

/**
 * Random numbers as a pure function of a key and a counter, so that any element can be computed on
 * any thread in any order.
 *
 * <p>The sequence of a key is that of SplitMix64 (Steele, Lea, Flood 2014, figure 16) with random
 * access: element {@code i} mixes {@code key + (i + 1) * gamma}.
 *
 * @param key names the sequence
 */
public record CounterRandom(long key) {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  /** The sequence of a seed. */
  public static CounterRandom seeded(long seed) {
    return new CounterRandom(mix(seed ^ GAMMA));
  }

  /** An independent sequence named by a number. */
  public CounterRandom fork(long branch) {
    return new CounterRandom(mix(key ^ mix(branch * GAMMA + 1)));
  }

  /** An independent sequence named by a text. */
  public CounterRandom fork(String branch) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < branch.length(); i++) {
      hash = (hash ^ branch.charAt(i)) * 0x100000001b3L;
    }
    return fork(hash);
  }

  /** 64 random bits. */
  public long bits(long counter) {
    return mix(key + (counter + 1) * GAMMA);
  }

  /** Uniform in {@code [0, 1)}, a multiple of 2^-24 and so exact in float32. */
  public double uniform(long counter) {
    return (bits(counter) >>> 40) * 0x1p-24;
  }

  /** A whole number uniform in {@code 0 .. bound - 1}; the bias is below {@code bound / 2^63}. */
  public int below(int bound, long counter) {
    return (int) Math.unsignedMultiplyHigh(bits(counter), bound);
  }

  /** Standard normal (Box–Muller on counters {@code 2 * counter} and {@code 2 * counter + 1}). */
  public double normal(long counter) {
    double u = ((bits(2 * counter) >>> 11) + 1) * 0x1p-53;
    double v = (bits(2 * counter + 1) >>> 11) * 0x1p-53;
    return Math.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(2 * Math.PI * v);
  }

  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }
}
