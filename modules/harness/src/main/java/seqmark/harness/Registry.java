package seqmark.harness;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import seqmark.compute.Backend;
import seqmark.nn.ModelProvider;
import seqmark.tasks.TaskProvider;

/** The models, tasks and backends there are, in this project and in plug-ins, by name. */
public record Registry(
    List<ModelProvider<?>> models, List<TaskProvider<?>> tasks, List<Backend> backends) {

  /**
   * Finds all providers on the module path and, if given, in a folder of plug-in modules.
   *
   * @throws UserError if the folder or a module in it cannot be used
   */
  public static Registry load(Optional<Path> plugins) {
    throw new UnsupportedOperationException();
  }

  /**
   * The model with this name.
   *
   * @throws UserError if there is none, listing the known
   */
  public ModelProvider<?> model(String id) {
    throw new UnsupportedOperationException();
  }

  /**
   * The task with this name.
   *
   * @throws UserError if there is none, listing the known
   */
  public TaskProvider<?> task(String id) {
    throw new UnsupportedOperationException();
  }

  /**
   * The backend with this name.
   *
   * @throws UserError if there is none, listing the known
   */
  public Backend backend(String name) {
    throw new UnsupportedOperationException();
  }
}
