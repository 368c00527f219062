package seqmark.tasks;

import java.nio.file.Path;
import java.util.Map;

/**
 * Names a task and builds it; found by ServiceLoader, in plug-ins as in this project.
 *
 * @param <C> the parameters: a public record whose compact constructor rejects bad values with an
 *     {@link IllegalArgumentException} that names the parameter and the valid range
 */
public interface TaskProvider<C extends Record> {
  /** The name in configs, for instance {@code g2p}. */
  String id();

  /** One line for {@code list tasks}. */
  String summary();

  /** The parameters of a config that says nothing; what a config leaves out is taken from here. */
  C defaults();

  /**
   * Other settings by name, such as those of a paper: a config's {@code preset: NAME} takes what it
   * leaves out from there. In the order in which they shall be listed.
   */
  default Map<String, C> presets() {
    return Map.of();
  }

  /**
   * The task.
   *
   * @param seed what generated data depends on
   * @param folder where relative paths in the parameters start: the config's folder
   * @throws IllegalArgumentException for data that cannot be used, naming file and line
   */
  Task create(C config, long seed, Path folder);
}
