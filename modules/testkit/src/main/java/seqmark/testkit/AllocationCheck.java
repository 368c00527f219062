package seqmark.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.management.ManagementFactory;

/** Checks that something, done again and again, stops allocating memory. */
public final class AllocationCheck {
  /** It has to stop within this time; the JIT needs some of it. */
  private static final long SETTLE_NANOS = 60_000_000_000L;

  private AllocationCheck() {}

  /** Checks that in the end no thread of this JVM allocates anything while {@code step} runs. */
  public static void stops(Runnable step) {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    threads.getTotalThreadAllocatedBytes();
    long start = System.nanoTime();
    long bytes;
    do {
      for (int i = 0; i < 200; i++) {
        step.run();
      }
      long before = threads.getTotalThreadAllocatedBytes();
      for (int i = 0; i < 10; i++) {
        step.run();
      }
      bytes = threads.getTotalThreadAllocatedBytes() - before;
    } while (bytes > 0 && System.nanoTime() - start < SETTLE_NANOS);
    assertEquals(0, bytes, "bytes allocated by 10 steps");
  }
}
