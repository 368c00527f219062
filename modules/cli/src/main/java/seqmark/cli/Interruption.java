package seqmark.cli;

import java.util.concurrent.CountDownLatch;

/**
 * Ctrl-C, in good order: the run is asked to stop, and the process lives until its checkpoints are
 * written. Works as a shutdown hook, so a terminated process leaves in the same way.
 */
final class Interruption implements AutoCloseable {
  private final Runnable stop;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = new Thread(this::interrupted, "interruption");
  private volatile boolean happened;

  /** From now on, an interruption calls this. */
  Interruption(Runnable stop) {
    this.stop = stop;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Whether it has come to that. */
  boolean happened() {
    return happened;
  }

  /** Everything is written: the process may go. */
  @Override
  public void close() {
    ended.countDown();
    if (!happened) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // It comes this very moment: there is nothing left to stop.
        happened = true;
      }
    }
  }

  private void interrupted() {
    happened = true;
    stop.run();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
