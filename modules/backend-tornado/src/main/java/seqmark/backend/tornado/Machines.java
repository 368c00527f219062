package seqmark.backend.tornado;

import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.exceptions.TornadoOutOfMemoryException;

/**
 * The machines of a device that no session uses. One that a session gave back serves the next, with
 * all its kernels compiled.
 */
final class Machines {
  private static final int LEAST_FLOATS = 1 << 22;

  /** Some 20,000 instructions; a training step is 90 to 570 of them. */
  private static final int LEAST_WORDS = 1 << 21;

  /** What an array has besides its numbers, in floats. */
  private static final int HEADER = 64;

  private final Accelerator device;
  private final List<Machine> free = new ArrayList<>();

  Machines(Accelerator device) {
    this.device = device;
  }

  Accelerator device() {
    return device;
  }

  /**
   * A machine with at least so much memory; a new one has room to grow.
   *
   * @throws IllegalStateException if the device has too little memory left
   */
  synchronized Machine take(int floats, int words) {
    for (Machine m : free) {
      if (m.floats() >= floats && m.words() >= words) {
        free.remove(m);
        return m;
      }
    }
    int enoughWords = Math.max(LEAST_WORDS, words);
    try {
      return new Machine(device, roomy(floats), enoughWords);
    } catch (TornadoOutOfMemoryException e) {
      return last(floats, enoughWords);
    } catch (OutOfMemoryError e) {
      requireBesideHeap(e);
      return last(floats, enoughWords);
    }
  }

  /** Half as much again as is needed, as far as the device goes. */
  private int roomy(int floats) {
    long more = Math.max(LEAST_FLOATS, floats + (long) floats / 2);
    long most = Math.min(device.room().bytes() / Float.BYTES - HEADER, Integer.MAX_VALUE / 2);
    return (int) Math.max(floats, Math.min(more, most));
  }

  /** What is left when nobody keeps memory that is not used, and no room to grow is asked for. */
  private Machine last(int floats, int words) {
    free.forEach(Machine::close);
    free.clear();
    try {
      return new Machine(device, floats, words);
    } catch (TornadoOutOfMemoryException e) {
      throw new IllegalStateException(device.outOfMemory(floats, words), e);
    } catch (OutOfMemoryError e) {
      requireBesideHeap(e);
      throw new IllegalStateException(Accelerator.outOfHostMemory(floats, words), e);
    }
  }

  /** Arrays lie beside Java's heap; a full heap is another matter. */
  private static void requireBesideHeap(OutOfMemoryError e) {
    if (e.getMessage() == null || !e.getMessage().contains("direct buffer memory")) {
      throw e;
    }
  }

  /** Gives a machine back. */
  synchronized void giveBack(Machine machine) {
    free.add(machine);
  }
}
