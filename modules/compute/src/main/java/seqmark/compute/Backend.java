package seqmark.compute;

import java.util.List;
import java.util.Optional;

/** Something that runs graphs: the float64 reference, the CPU, a GPU. Found by ServiceLoader. */
public interface Backend {
  /** The name in {@code --backend NAME}. */
  String name();

  /** Why nothing can run here, in one line that says what to do; empty where all is well. */
  default Optional<String> missing() {
    return Optional.empty();
  }

  /** What this backend can compute on; the first is taken where none is named. */
  default List<Device> devices() {
    return List.of();
  }

  /**
   * This backend on one of its {@link #devices}.
   *
   * @param index counted from 0, as in {@code --backend NAME:1}
   * @throws IndexOutOfBoundsException if there is no such device
   */
  default Backend on(int index) {
    if (index != 0) {
      throw new IndexOutOfBoundsException("backend " + name() + " has no devices to choose from");
    }
    return this;
  }

  /** Where values of a session live and how large they can be; it must not be {@link #missing}. */
  default Room room() {
    return new Room(
        Runtime.getRuntime().maxMemory(),
        "Java's heap",
        "give Java more memory (JAVA_TOOL_OPTIONS=-Xmx...)");
  }

  /**
   * Opens a place where persistent values live.
   *
   * @param seed what parameters are initialised from
   * @param threads how many threads of the CPU a step may use; results do not depend on it
   * @throws IllegalStateException if this backend is {@link #missing}
   */
  Session open(long seed, int threads);
}
