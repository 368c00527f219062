package seqmark.backend.cpu;

/**
 * Computes the results of one node.
 *
 * <p>Work is counted in units, whatever suits the op: elements, rows, columns. Any thread may be
 * given any range of them, and the bits of the results do not depend on the ranges. The units of a
 * batch row are contiguous and in the order of rows, so that a loop can be split by batch rows.
 */
interface Kernel {
  /** Units of the computation. */
  int units();

  /** Units of what has to be done, by all threads, before the first unit of {@link #run}. */
  default int prepareUnits() {
    return 0;
  }

  /** Whether in a loop the preparation differs from step to step. */
  default boolean preparesEveryStep() {
    return true;
  }

  /** Prepares the units {@code from .. to - 1} for step {@code t} of the loop. */
  default void prepare(int t, int from, int to) {}

  /**
   * What a thread does for itself before the units of each range that it is given. Outside of loops
   * only: in the body of one a kernel has to do without.
   */
  default void begin() {}

  /** Floats of a batch row that every step of a loop goes through, all of them again. */
  default int floatsAgain() {
    return 0;
  }

  /** Computes the units {@code from .. to - 1} of step {@code t} of the loop, or of step 0. */
  void run(int t, int from, int to);
}
