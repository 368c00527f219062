package seqmark.compute;

import java.util.Map;

/**
 * The persistent values of one trial (parameters and optimizer state), shared by name among all
 * programs compiled here. Not safe for use by several threads at once.
 */
public interface Session extends AutoCloseable {
  /**
   * Prepares a graph for running. Parameters not seen before are initialised from the session's
   * seed and their name; state starts at zero. All programs of a session share one arena for their
   * step values, so only the values of the program that ran last can be read.
   *
   * @throws IllegalStateException if an op has no kernel here, naming op and backend
   */
  Program compile(Graph graph);

  /** The shapes of the persistent values by name, in the order of first use. */
  Map<String, Shape> persistent();

  /** A copy of a persistent value. */
  float[] read(String name);

  /**
   * Replaces a persistent value, before or after it was first used by a program.
   *
   * @throws ShapeException if the shape differs from that of the value already here
   */
  void write(String name, Shape shape, float[] values);

  @Override
  void close();
}
