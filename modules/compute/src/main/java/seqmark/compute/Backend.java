package seqmark.compute;

/** Something that runs graphs: the float64 reference, the CPU, a GPU. Found by ServiceLoader. */
public interface Backend {
  /** The name in {@code --backend NAME}. */
  String name();

  /**
   * Opens a place where persistent values live.
   *
   * @param seed what parameters are initialised from
   * @param threads how many threads of the CPU a step may use; results do not depend on it
   */
  Session open(long seed, int threads);
}
