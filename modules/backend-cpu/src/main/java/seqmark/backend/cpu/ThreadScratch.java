package seqmark.backend.cpu;

/**
 * Memory of the thread that runs a kernel: it stays in the first caches, whichever units the thread
 * works on. What is used up at once lies in {@link #floats}, where the next call overwrites it.
 */
final class ThreadScratch {
  /** Where lines of the cache begin, as in {@link Memory}: here, and every 16 floats from here. */
  static final int START = Memory.START;

  private static final ThreadLocal<Floats> FLOATS =
      ThreadLocal.withInitial(() -> new Floats(Memory.LARGE));

  private static final ThreadLocal<Floats> WEIGHTS =
      ThreadLocal.withInitial(() -> new Floats(Memory.LARGE));

  private ThreadScratch() {}

  /** An array of at least {@code size} floats from {@link #START} on, with anything in them. */
  static float[] floats(int size) {
    return grown(FLOATS, size);
  }

  /** The same for a packed weight: it stays from {@link Kernel#begin} until the range is done. */
  static float[] weights(int size) {
    return grown(WEIGHTS, size);
  }

  private static float[] grown(ThreadLocal<Floats> own, int size) {
    Floats floats = own.get();
    floats.grow(START + size);
    return floats.array();
  }
}
