package seqmark.compute;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A compiled graph: fill the inputs, run, read the outputs. A run allocates nothing. */
public interface Program {
  /**
   * Copies {@code data} (at least as long as the value's size) into an input of the graph. It stays
   * there for any number of runs, until another program of the session is written to or runs.
   */
  void write(Value input, float[] data);

  /**
   * Executes all nodes once. The first run may take long, where kernels are compiled for it.
   *
   * @throws IndexOutOfBoundsException for data that cannot be, such as a token id outside its
   *     table; persistent values are then as they were before
   */
  void run();

  /** Copies an output of the graph into {@code data}; valid until another is written to or runs. */
  void read(Value output, float[] data);

  /**
   * Gives an input what an output of the same shape holds, as {@link #read} and {@link #write}
   * would; only for what {@link Graph#carry} has named.
   */
  default void feed(Value output, Value input) {
    float[] data = new float[output.shape().size()];
    read(output, data);
    write(input, data);
  }

  /** Bytes of step memory that this program needs, parameters and optimizer state not counted. */
  long arenaBytes();

  /** The names of ops that run their float64 reference, because the backend has no kernel. */
  default Set<String> referenceOps() {
    return Set.of();
  }

  /**
   * Executes all nodes once with the device's own profiler on, which is slower than {@link #run};
   * empty where there is no profiler, and then nothing is executed.
   */
  default Optional<Profile> profile() {
    return Optional.empty();
  }

  /**
   * Executes all nodes once, timing one part after the other; empty where the host cannot tell them
   * apart, and then nothing is executed.
   */
  default List<Timing> timings() {
    return List.of();
  }

  /** One number of a scalar output. */
  default float scalar(Value output) {
    float[] one = new float[1];
    read(output, one);
    return one[0];
  }
}
