package seqmark.backend.tornado.kernel;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The random numbers of {@link seqmark.compute.CounterRandom}, bit by bit the same. */
final class Dropout {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private Dropout() {}

  /** Operands: the step's random key, the result. */
  static void mask(FloatArray m, IntArray d, int o, int t, int from, int to, int by) {
    int threshold = Word.parameter(d, o, 0);
    long salt = Word.parameter(d, o, 1);
    float factor = Word.fraction(m, d, o, 2);
    int keyAt = Word.at(d, o, 0, t);
    int y = Word.at(d, o, 1, t);
    long seed = (((long) m.get(keyAt)) << 24) | ((long) m.get(keyAt + 1));
    long key = scrambled(scrambled(seed ^ GAMMA) ^ scrambled(salt * GAMMA + 1L));
    for (int i = from; i < to; i += by) {
      long bits = scrambled(key + (i + 1L) * GAMMA);
      int top = (int) ((bits >> 40) & 0xFFFFFFL);
      m.set(y + i, top < threshold ? 0f : factor);
    }
  }

  /** SplitMix64's finalizer; an unsigned shift would be translated to a signed one. */
  private static long scrambled(long z) {
    long a = (z ^ ((z >> 30) & 0x3FFFFFFFFL)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ ((a >> 27) & 0x1FFFFFFFFFL)) * 0x94D049BB133111EBL;
    return b ^ ((b >> 31) & 0x1FFFFFFFFL);
  }
}
