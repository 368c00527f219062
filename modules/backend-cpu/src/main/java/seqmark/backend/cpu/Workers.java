package seqmark.backend.cpu;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The threads of a session: the caller and a daemon for each further one.
 *
 * <p>A daemon spins a little before it sleeps, because the next piece of a step mostly follows
 * within microseconds. A range that its daemon has not begun when the caller is done with its own
 * is done by the caller: on a busy machine the operating system may let a daemon wait for long. A
 * call of {@link #run} allocates nothing.
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
    Throwable failure = attempt(0);
    for (Daemon d : daemons) {
      Throwable other = d.finish();
      failure = failure == null ? other : failure;
    }
    if (failure != null) {
      Workers.<RuntimeException>rethrow(failure);
    }
  }

  /** Does a range; returns what it throws, or null. */
  private Throwable attempt(int index) {
    try {
      runPart(index);
      return null;
    } catch (Throwable t) {
      return t;
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

  /** Runs are numbered; the range of a run belongs to who claims the run's number first. */
  private final class Daemon extends Thread {
    private final int index;
    private final AtomicInteger claimed = new AtomicInteger();
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

    /** Does the range or waits for its end; returns what was thrown, or null. */
    Throwable finish() {
      int number = begun;
      if (claim(number)) {
        return attempt(index);
      }
      long start = System.nanoTime();
      while (done != number) {
        if (System.nanoTime() - start < SPIN_NANOS) {
          Thread.onSpinWait();
        } else {
          Thread.yield();
        }
      }
      return failure;
    }

    private boolean claim(int number) {
      return claimed.compareAndSet(number - 1, number);
    }

    @Override
    public void run() {
      int seen = 0;
      while (awaitOtherThan(seen)) {
        seen = begun;
        if (claim(seen)) {
          failure = attempt(index);
          done = seen;
        }
      }
    }

    private boolean awaitOtherThan(int seen) {
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
