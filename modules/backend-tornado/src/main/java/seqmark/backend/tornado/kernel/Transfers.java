package seqmark.backend.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Between the memory of a session, which stays on the device, and what is sent to and fro. */
public final class Transfers {
  /** Where in a session's memory a wrong token id is noted: a kernel cannot throw. */
  public static final int STATUS = 0;

  /** What stands there as long as all ids were right. */
  public static final float ALL_WELL = -1;

  /** Where NaN stands: TornadoVM 5.2.0 cannot write it into a kernel. */
  public static final int NOT_A_NUMBER = 1;

  private Transfers() {}

  /** Touches all memory that stays, so that it is allocated. */
  public static void begin(KernelContext c, FloatArray m, IntArray d, IntArray at) {
    if (c.globalIdx == 0) {
      m.set(STATUS, ALL_WELL);
      d.set(0, at.get(0));
    }
  }

  /** Numbers to their place; at: the place, how many. Clears the status. */
  public static void upload(KernelContext c, FloatArray stage, FloatArray m, IntArray at) {
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
    int from = at.get(0);
    int n = at.get(1);
    for (int i = c.globalIdx; i < n; i += c.globalGroupSizeX) {
      stage.set(i, m.get(from + i));
    }
  }

  /**
   * Small results side by side, behind the status; at: where in {@code d} pairs of place and size
   * stand, and how many.
   */
  public static void gather(
      KernelContext c, FloatArray m, IntArray d, FloatArray stage, IntArray at) {
    int pairs = at.get(0);
    int count = at.get(1);
    int to = 1;
    if (c.globalIdx == 0) {
      stage.set(0, m.get(STATUS));
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
