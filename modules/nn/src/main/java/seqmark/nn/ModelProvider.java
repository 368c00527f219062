package seqmark.nn;

/**
 * Names an architecture and builds it; found by ServiceLoader, in plug-ins as in this project.
 *
 * @param <C> the settings: a public record whose compact constructor rejects bad values with an
 *     {@link IllegalArgumentException} that names the setting and the valid range
 */
public interface ModelProvider<C extends Record> {
  /** The name in configs, for instance {@code bahdanau}. */
  String id();

  /** One line for {@code list models}: what it is and the paper. */
  String summary();

  /** The settings of a config that says nothing. */
  C defaults();

  /** The main width, on which the number of parameters depends. */
  int width(C config);

  /** The same settings with another main width; how a budget of parameters is met. */
  C withWidth(C config, int width);

  /**
   * The same main width with {@code by} more units of a finer setting, for budgets that fall
   * between two widths; the settings as they are where there is none.
   */
  default C enlarged(C config, int by) {
    return config;
  }

  /**
   * The model for a task.
   *
   * @throws IllegalArgumentException if it cannot do this task, saying why in one line
   */
  SequenceModel create(C config, Problem problem);
}
