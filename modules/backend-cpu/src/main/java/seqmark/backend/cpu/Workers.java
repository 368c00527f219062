package seqmark.backend.cpu;

import java.util.concurrent.locks.LockSupport;

/**
 * The threads of a session: the caller and a daemon for each further one.
 *
 * <p>A daemon spins a little before it sleeps, because the next piece of a step mostly follows
 * within microseconds. A call of {@link #run} allocates nothing.
 */
final class Workers implements AutoCloseable {
  /** Work that can be cut into contiguous ranges of units. */
  interface Task {
    /** Does the units {@code from .. to - 1}. */
    void run(int from, int to);
  }

  private static final long SPIN_NANOS = 200_000;

  private final Daemon[] daemons;
  private Task task;
  private int units;
  private volatile boolean closed;

  /** {@code threads} in all, the caller among them. */
  Workers(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: expected at least 1, found " + threads);
    }
    daemons = new Daemon[threads - 1];
    for (int i = 0; i < daemons.length; i++) {
      daemons[i] = new Daemon(i + 1);
      daemons[i].start();
    }
  }

  /** How many threads work, the caller among them. */
  int threads() {
    return daemons.length + 1;
  }

  /**
   * Does the units {@code 0 .. units - 1}, a contiguous range on each thread, and returns when all
   * are done. What a range throws is thrown here, that of the lowest range if there are several.
   */
  void run(int units, Task task) {
    if (daemons.length == 0 || units < 2) {
      if (units > 0) {
        task.run(0, units);
      }
      return;
    }
    this.task = task;
    this.units = units;
    for (Daemon d : daemons) {
      d.begin();
    }
    Throwable failure = null;
    try {
      runPart(0);
    } catch (Throwable t) {
      failure = t;
    }
    for (Daemon d : daemons) {
      Throwable other = d.finish();
      failure = failure == null ? other : failure;
    }
    if (failure != null) {
      Workers.<RuntimeException>rethrow(failure);
    }
  }

  private void runPart(int index) {
    int from = (int) ((long) units * index / threads());
    int to = (int) ((long) units * (index + 1) / threads());
    if (from < to) {
      task.run(from, to);
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void rethrow(Throwable failure) throws T {
    throw (T) failure;
  }

  @Override
  public void close() {
    closed = true;
    for (Daemon d : daemons) {
      LockSupport.unpark(d);
    }
  }

  private final class Daemon extends Thread {
    private final int index;
    private volatile int begun;
    private volatile int done;
    private volatile boolean asleep;
    private Throwable failure;

    Daemon(int index) {
      super("seqmark-cpu-" + index);
      this.index = index;
      setDaemon(true);
    }

    /** Whoever sees the new number sees the task too. Only the caller's thread comes here. */
    void begin() {
      begun = begun + 1;
      if (asleep) {
        LockSupport.unpark(this);
      }
    }

    /** Waits for the end and returns what was thrown, or null. */
    Throwable finish() {
      long start = System.nanoTime();
      while (done != begun) {
        if (System.nanoTime() - start < SPIN_NANOS) {
          Thread.onSpinWait();
        } else {
          Thread.yield();
        }
      }
      Throwable thrown = failure;
      failure = null;
      return thrown;
    }

    @Override
    public void run() {
      int seen = 0;
      while (awaitMoreThan(seen)) {
        seen++;
        try {
          runPart(index);
        } catch (Throwable t) {
          failure = t;
        }
        done = seen;
      }
    }

    private boolean awaitMoreThan(int seen) {
      long start = System.nanoTime();
      while (begun == seen) {
        if (closed) {
          return false;
        }
        if (System.nanoTime() - start < SPIN_NANOS) {
          Thread.onSpinWait();
        } else {
          sleepWhile(seen);
        }
      }
      return true;
    }

    /** Says that it sleeps before it looks a last time, so that no beginning is missed. */
    private void sleepWhile(int seen) {
      asleep = true;
      while (begun == seen && !closed) {
        LockSupport.park(Workers.this);
      }
      asleep = false;
    }
  }
}
