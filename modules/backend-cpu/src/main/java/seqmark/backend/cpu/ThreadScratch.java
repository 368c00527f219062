package seqmark.backend.cpu;

/**
 * Memory of the thread that runs a kernel, for what is used up at once: it stays in the first
 * caches, whichever units the thread works on. What one call leaves there, the next overwrites.
 */
final class ThreadScratch {
  private static final ThreadLocal<Floats> FLOATS = ThreadLocal.withInitial(() -> new Floats(4096));

  private ThreadScratch() {}

  /** An array of at least {@code size} floats, with anything in it. */
  static float[] floats(int size) {
    Floats floats = FLOATS.get();
    floats.grow(size);
    return floats.array();
  }
}
