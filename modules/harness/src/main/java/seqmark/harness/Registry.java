package seqmark.harness;

import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolutionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import seqmark.compute.Backend;
import seqmark.nn.ModelProvider;
import seqmark.tasks.TaskProvider;

/**
 * The models, tasks and backends there are, in this project and in plug-ins.
 *
 * @param models by name
 * @param tasks by name
 * @param backends by name
 */
public record Registry(
    List<ModelProvider<?>> models, List<TaskProvider<?>> tasks, List<Backend> backends) {

  /**
   * Finds all providers on the module path and, if given, in a folder of plug-in modules.
   *
   * @throws UserError if the folder or a module in it cannot be used
   */
  public static Registry load(Optional<Path> plugins) {
    ClassLoader program = Registry.class.getClassLoader();
    try {
      if (plugins.isEmpty()) {
        return new Registry(
            models(ServiceLoader.load(ModelProvider.class, program)),
            tasks(ServiceLoader.load(TaskProvider.class, program)),
            sorted(ServiceLoader.load(Backend.class, program), Backend::name));
      }
      ModuleLayer layer = layer(plugins.get(), program);
      return new Registry(
          models(ServiceLoader.load(layer, ModelProvider.class)),
          tasks(ServiceLoader.load(layer, TaskProvider.class)),
          sorted(ServiceLoader.load(layer, Backend.class), Backend::name));
    } catch (ServiceConfigurationError e) {
      throw new UserError("a provider cannot be loaded: " + e.getMessage(), e);
    }
  }

  private static ModuleLayer layer(Path folder, ClassLoader program) {
    if (!Files.isDirectory(folder)) {
      throw new UserError("plug-ins: " + folder + " is not a folder");
    }
    try {
      ModuleFinder finder = ModuleFinder.of(folder);
      Set<String> names =
          finder.findAll().stream().map(m -> m.descriptor().name()).collect(Collectors.toSet());
      ModuleLayer parent = ModuleLayer.boot();
      Configuration resolved =
          parent.configuration().resolveAndBind(finder, ModuleFinder.of(), names);
      return parent.defineModulesWithOneLoader(resolved, program);
    } catch (FindException | ResolutionException | LayerInstantiationException e) {
      throw new UserError("plug-ins in " + folder + " cannot be loaded: " + e.getMessage(), e);
    }
  }

  private static List<ModelProvider<?>> models(ServiceLoader<?> found) {
    return sorted(found, p -> ((ModelProvider<?>) p).id()).stream()
        .<ModelProvider<?>>map(p -> (ModelProvider<?>) p)
        .toList();
  }

  private static List<TaskProvider<?>> tasks(ServiceLoader<?> found) {
    return sorted(found, p -> ((TaskProvider<?>) p).id()).stream()
        .<TaskProvider<?>>map(p -> (TaskProvider<?>) p)
        .toList();
  }

  private static <T> List<T> sorted(ServiceLoader<T> found, Function<T, String> name) {
    return found.stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparing(name))
        .toList();
  }

  /**
   * The model with this name.
   *
   * @throws UserError if there is none, listing the known
   */
  public ModelProvider<?> model(String id) {
    return find("model", id, models, ModelProvider::id);
  }

  /**
   * The task with this name.
   *
   * @throws UserError if there is none, listing the known
   */
  public TaskProvider<?> task(String id) {
    return find("task", id, tasks, TaskProvider::id);
  }

  /**
   * The backend with this name.
   *
   * @throws UserError if there is none, listing the known
   */
  public Backend backend(String name) {
    return find("backend", name, backends, Backend::name);
  }

  private static <T> T find(String what, String id, List<T> known, Function<T, String> name) {
    List<String> names = known.stream().map(name).toList();
    int position = names.indexOf(id);
    if (position < 0) {
      throw new UserError(
          "unknown "
              + what
              + " '"
              + id
              + "'"
              + Nearest.suggestion(id, names)
              + "; known: "
              + String.join(", ", names));
    }
    return known.get(position);
  }
}
