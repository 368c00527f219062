package seqmark.harness;

import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import seqmark.compute.Backend;
import seqmark.nn.ModelProvider;
import seqmark.tasks.TaskProvider;

/**
 * Loads one plug-in in a module layer of its own, so that it shares nothing but Seqmark and the JDK
 * with others: two plug-ins may have packages and libraries of the same names.
 */
final class PluginLoader {
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]*");

  private final Path file;

  private PluginLoader(Path file) {
    this.file = file;
  }

  /**
   * Loads a plug-in and makes its providers.
   *
   * @throws PluginException if it cannot be loaded or provides nothing that can be used
   */
  static Plugin load(Path file) throws PluginException {
    try {
      return new PluginLoader(file).load();
    } catch (IOException | RuntimeException | Error e) {
      // What is thrown may come from anywhere in the plug-in's code.
      throw new PluginException(file, e);
    }
  }

  private Plugin load() throws PluginException, IOException {
    ModuleFinder finder = ModuleFinder.of(modules());
    ModuleLayer layer = layer(finder);
    List<ModelProvider<?>> models =
        providers(layer, ModelProvider.class).<ModelProvider<?>>map(p -> p).toList();
    for (ModelProvider<?> model : models) {
      check(model, model.id(), model.summary(), model.defaults());
    }
    List<TaskProvider<?>> tasks =
        providers(layer, TaskProvider.class).<TaskProvider<?>>map(p -> p).toList();
    for (TaskProvider<?> task : tasks) {
      check(task, task.id(), task.summary(), task.defaults());
    }
    List<Backend> backends = providers(layer, Backend.class).toList();
    if (models.isEmpty() && tasks.isEmpty() && backends.isEmpty()) {
      throw providesNothing(finder);
    }
    return new Plugin(file, PluginFiles.hash(file), models, tasks, backends);
  }

  /** The jars or the folder of classes that it is made of. */
  private Path[] modules() throws PluginException, IOException {
    boolean classes = Files.exists(file.resolve(PluginFiles.MODULE_INFO));
    if (Files.isRegularFile(file) || classes) {
      return new Path[] {file};
    }
    try (Stream<Path> all = Files.list(file)) {
      Path[] jars = all.filter(PluginFiles::isJar).sorted().toArray(Path[]::new);
      if (jars.length == 0) {
        throw new PluginException(
            file,
            "expected a jar, a folder of classes with "
                + PluginFiles.MODULE_INFO
                + ", or a folder with a jar and its libraries; found a folder with neither");
      }
      return jars;
    }
  }

  private ModuleLayer layer(ModuleFinder finder) throws PluginException {
    ModuleLayer program = ModuleLayer.boot();
    Set<String> names =
        finder.findAll().stream().map(m -> m.descriptor().name()).collect(Collectors.toSet());
    for (String name : names) {
      if (name.startsWith("seqmark.") && program.findModule(name).isPresent()) {
        throw new PluginException(
            file, "it brings a module " + name + " of its own; take that out, Seqmark has it");
      }
    }
    Configuration resolved =
        program.configuration().resolveAndBind(finder, ModuleFinder.of(), names);
    return program.defineModulesWithOneLoader(resolved, PluginLoader.class.getClassLoader());
  }

  private static <T> Stream<T> providers(ModuleLayer layer, Class<T> service) {
    return ServiceLoader.load(layer, service).stream()
        .filter(p -> p.type().getModule().getLayer() == layer)
        .map(ServiceLoader.Provider::get);
  }

  private void check(Object provider, String id, String summary, Record defaults)
      throws PluginException {
    String name = provider.getClass().getName();
    if (id == null || !ID.matcher(id).matches()) {
      throw new PluginException(
          file, name + ": id '" + id + "': expected letters a-z, digits and '-' only");
    }
    if (summary == null || summary.isBlank() || summary.contains("\n")) {
      throw new PluginException(file, name + ": its summary must be one line");
    }
    if (defaults == null) {
      throw new PluginException(file, name + ": its defaults are null");
    }
    Class<?> settings = defaults.getClass();
    if (!Modifier.isPublic(settings.getModifiers())
        || !settings.getModule().isExported(settings.getPackageName())) {
      throw new PluginException(
          file,
          settings.getName() + ": settings must be a public record in a package that is exported");
    }
    ConfigEntry.of("id", id, defaults);
  }

  private PluginException providesNothing(ModuleFinder finder) {
    Set<String> how = new HashSet<>();
    for (ModuleReference module : finder.findAll()) {
      ModuleDescriptor descriptor = module.descriptor();
      how.add(
          descriptor.isAutomatic()
              ? "a file META-INF/services/" + ModelProvider.class.getName() + " in the jar"
              : "'provides " + ModelProvider.class.getName() + " with ...' in its module-info");
    }
    return new PluginException(
        file,
        "it provides no model and no task: expected "
            + how.stream().sorted().collect(Collectors.joining(" or "))
            + ", or the same for "
            + TaskProvider.class.getName());
  }
}
