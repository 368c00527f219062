package seqmark.backend.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Between the memory of a session, which stays on the device, and what is sent to and fro. */
public final class Transfers {
  /** Where in a session's memory a wrong token id is noted: a kernel cannot throw. */
  public static final int STATUS = 0;

  /** What stands there as long as all ids were right: 0, which is a row of every table. */
  public static final float ALL_WELL = 0;

  /**
   * Where kernels are counted that have run, modulo {@link #COUNTED}: TornadoVM 5.2.0 tells nobody
   * when a driver refuses one.
   */
  public static final int RUNS = 1;

  /** So many that floats can count them. */
  public static final int COUNTED = 1 << 20;

  /** Where NaN stands: TornadoVM 5.2.0 cannot write it into a kernel. */
  public static final int NOT_A_NUMBER = 2;

  /** How many numbers {@link #gather} puts before the results. */
  public static final int GATHERED_FIRST = 2;

  private Transfers() {}

  /** Counts a kernel, by its first work-item. */
  static void count(FloatArray m, int item) {
    if (item == 0) {
      int before = (int) m.get(RUNS);
      m.set(RUNS, (float) ((before + 1) % COUNTED));
    }
  }

  /** Touches all memory that stays, so that it is allocated; at: 0, the first count of kernels. */
  public static void begin(KernelContext c, FloatArray m, IntArray d, IntArray at) {
    if (c.globalIdx == 0) {
      m.set(STATUS, ALL_WELL);
      m.set(RUNS, (float) at.get(1));
      d.set(0, at.get(0));
    }
  }

  /** Numbers to their place; at: the place, how many. Clears the status. */
  public static void upload(KernelContext c, FloatArray stage, FloatArray m, IntArray at) {
    count(m, c.globalIdx);
    int to = at.get(0);
    int n = at.get(1);
    if (c.globalIdx == 0) {
      m.set(STATUS, ALL_WELL);
    }
    for (int i = c.globalIdx; i < n; i += c.globalGroupSizeX) {
      m.set(to + i, stage.get(i));
    }
  }

  /** Instructions to their place; at: the place, how many words. */
  public static void bind(KernelContext c, IntArray stage, IntArray d, IntArray at) {
    int to = at.get(0);
    int n = at.get(1);
    for (int i = c.globalIdx; i < n; i += c.globalGroupSizeX) {
      d.set(to + i, stage.get(i));
    }
  }

  /** Numbers from their place; at: the place, how many. */
  public static void download(KernelContext c, FloatArray m, FloatArray stage, IntArray at) {
    count(m, c.globalIdx);
    int from = at.get(0);
    int n = at.get(1);
    for (int i = c.globalIdx; i < n; i += c.globalGroupSizeX) {
      stage.set(i, m.get(from + i));
    }
  }

  /**
   * Small results side by side, behind the status and the count of runs; at: where in {@code d}
   * pairs of place and size stand, and how many.
   */
  public static void gather(
      KernelContext c, FloatArray m, IntArray d, FloatArray stage, IntArray at) {
    int pairs = at.get(0);
    int count = at.get(1);
    int to = GATHERED_FIRST;
    if (c.globalIdx == 0) {
      stage.set(0, m.get(STATUS));
      stage.set(1, m.get(RUNS));
    }
    for (int k = 0; k < count; k++) {
      int from = d.get(pairs + 2 * k);
      int n = d.get(pairs + 2 * k + 1);
      for (int i = c.globalIdx; i < n; i += c.globalGroupSizeX) {
        stage.set(to + i, m.get(from + i));
      }
      to += n;
    }
  }
}
