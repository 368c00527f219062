package seqmark.harness;

import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells whose bug it is when a trial fails: that of a plug-in, if its model or task is one's.
 *
 * @param trial what is worked on
 */
record Blame(Registry registry, Trial trial) {
  /** A bug in one line, with the plug-in's name. */
  String told(Throwable bug) {
    return plugins() + bug;
  }

  /**
   * Does something that runs the model or the task.
   *
   * @throws UserError if a plug-in has a bug
   */
  <T> T during(Supplier<T> work) {
    try {
      return work.get();
    } catch (UserError e) {
      throw e;
    } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
      if (plugins().isEmpty()) {
        throw e;
      }
      throw new UserError(told(e), e);
    }
  }

  private String plugins() {
    return Stream.of(trial.model().provider(), trial.task().provider())
        .flatMap(provider -> registry.pluginOf(provider).stream())
        .map(plugin -> "plug-in " + plugin.name() + ": ")
        .distinct()
        .collect(Collectors.joining());
  }
}
