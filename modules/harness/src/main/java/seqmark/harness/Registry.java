package seqmark.harness;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Stream;
import seqmark.compute.Backend;
import seqmark.compute.Device;
import seqmark.nn.ModelProvider;
import seqmark.tasks.TaskProvider;

/**
 * The models, tasks and backends there are, in this project and in plug-ins.
 *
 * @param models by name
 * @param tasks by name
 * @param backends by name
 * @param plugins what was loaded of them
 * @param broken why others were left out
 */
public record Registry(
    List<ModelProvider<?>> models,
    List<TaskProvider<?>> tasks,
    List<Backend> backends,
    List<Plugin> plugins,
    List<PluginException> broken) {

  /** What the module path has. */
  public static Registry builtIn() {
    ClassLoader program = Registry.class.getClassLoader();
    return new Registry(List.of(), List.of(), List.of(), List.of(), List.of())
        .with(
            all(ServiceLoader.load(ModelProvider.class, program), p -> (ModelProvider<?>) p),
            all(ServiceLoader.load(TaskProvider.class, program), p -> (TaskProvider<?>) p),
            backends(program));
  }

  /** Those there are; and one that could be, if it is not. */
  private static List<Backend> backends(ClassLoader program) {
    List<Backend> found = all(ServiceLoader.load(Backend.class, program), p -> p);
    Backend absent = AbsentBackend.tornado();
    boolean there = found.stream().anyMatch(b -> b.name().equals(absent.name()));
    return there ? found : append(found, absent);
  }

  private static <S, T> List<T> all(ServiceLoader<S> services, Function<S, T> type) {
    return services.stream().map(ServiceLoader.Provider::get).map(type).toList();
  }

  /**
   * What the module path and plug-ins have. A plug-in that cannot be loaded, or that has a name
   * which is taken already, is left out and told in {@link #broken}.
   *
   * @param places plug-ins, or folders of plug-ins
   * @throws UserError if there is no such place
   */
  public static Registry load(List<Path> places) {
    Registry registry = builtIn();
    for (Path file : PluginFiles.in(places)) {
      registry = registry.with(file);
    }
    return registry;
  }

  private Registry with(Path file) {
    try {
      Plugin plugin = PluginLoader.load(file);
      requireFree(plugin, "model", models, plugin.models(), ModelProvider::id, Plugin::models);
      requireFree(plugin, "task", tasks, plugin.tasks(), TaskProvider::id, Plugin::tasks);
      requireFree(plugin, "backend", backends, plugin.backends(), Backend::name, Plugin::backends);
      Registry more = with(plugin.models(), plugin.tasks(), plugin.backends());
      return new Registry(more.models, more.tasks, more.backends, append(plugins, plugin), broken);
    } catch (PluginException e) {
      return new Registry(models, tasks, backends, plugins, append(broken, e));
    }
  }

  private Registry with(
      List<ModelProvider<?>> moreModels, List<TaskProvider<?>> moreTasks, List<Backend> more) {
    return new Registry(
        sorted(models, moreModels, ModelProvider::id),
        sorted(tasks, moreTasks, TaskProvider::id),
        sorted(backends, more, Backend::name),
        plugins,
        broken);
  }

  private static <T> List<T> append(List<T> list, T last) {
    return Stream.concat(list.stream(), Stream.of(last)).toList();
  }

  private static <T> List<T> sorted(List<T> some, List<T> more, Function<T, String> name) {
    return Stream.concat(some.stream(), more.stream()).sorted(Comparator.comparing(name)).toList();
  }

  private <T> void requireFree(
      Plugin plugin,
      String what,
      List<T> known,
      List<T> added,
      Function<T, String> name,
      Function<Plugin, List<T>> part)
      throws PluginException {
    Map<String, String> owners = new HashMap<>();
    known.forEach(k -> owners.put(name.apply(k), "a built-in one"));
    plugins.forEach(
        p -> part.apply(p).forEach(k -> owners.put(name.apply(k), "that of plug-in " + p.name())));
    for (T one : added) {
      String owner = owners.putIfAbsent(name.apply(one), "another one of its own");
      if (owner != null) {
        throw new PluginException(
            plugin.file(),
            "its %s '%s' has the name of %s".formatted(what, name.apply(one), owner));
      }
    }
  }

  /** The plug-in that a model or task comes from; empty for one of this project. */
  public Optional<Plugin> pluginOf(Object provider) {
    return plugins.stream()
        .filter(
            p -> Stream.of(p.models(), p.tasks(), p.backends()).anyMatch(l -> l.contains(provider)))
        .findFirst();
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
   * The backend with this name, on its first device or on that of {@code NAME:INDEX}.
   *
   * @throws UserError if there is none, listing the known, or if it cannot run here, saying why
   */
  public Backend backend(String name) {
    int colon = name.indexOf(':');
    Backend found =
        find("backend", colon < 0 ? name : name.substring(0, colon), backends, Backend::name);
    found
        .missing()
        .ifPresent(why -> {
          throw new UserError("backend " + found.name() + " is not there: " + why);
        });
    return colon < 0 ? found : onDevice(found, name.substring(colon + 1));
  }

  /**
   * What the backend of this name computes on; empty if it has no devices to choose from.
   *
   * @throws UserError as {@link #backend}
   */
  public Optional<Device> device(String name) {
    List<Device> devices = backend(name).devices();
    int colon = name.indexOf(':');
    return devices.stream()
        .skip(colon < 0 ? 0 : Integer.parseInt(name.substring(colon + 1)))
        .findFirst();
  }

  private static Backend onDevice(Backend backend, String index) {
    try {
      return backend.on(Integer.parseInt(index));
    } catch (NumberFormatException e) {
      throw new UserError(
          "backend %s: expected a device's number behind the colon, as in %s:0, found '%s'"
              .formatted(backend.name(), backend.name(), index),
          e);
    } catch (IndexOutOfBoundsException e) {
      throw new UserError(e.getMessage(), e);
    }
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
