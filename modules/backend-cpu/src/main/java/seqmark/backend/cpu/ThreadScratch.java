package seqmark.backend.cpu;

/**
 * Memory of the thread that runs a kernel, for what is used up at once: it stays in the first
 * caches, whichever units the thread works on. What one call leaves there, the next overwrites.
 */
final class ThreadScratch {
  /** Where lines of the cache begin, as in {@link Memory}: here, and every 16 floats from here. */
  static final int START = Memory.START;

  private static final ThreadLocal<Floats> FLOATS =
      ThreadLocal.withInitial(() -> new Floats(Memory.LARGE));

  private ThreadScratch() {}

  /** An array of at least {@code size} floats from {@link #START} on, with anything in them. */
  static float[] floats(int size) {
    Floats floats = FLOATS.get();
    floats.grow(START + size);
    return floats.array();
  }
}
