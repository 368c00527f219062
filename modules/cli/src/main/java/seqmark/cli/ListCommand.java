package seqmark.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import seqmark.compute.Backend;
import seqmark.compute.Device;
import seqmark.harness.Registry;
import seqmark.harness.RunOptions;

/** {@code seqmark list}: what there is. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the models, tasks or backends there are, with their settings.")
final class ListCommand implements Callable<Integer> {
  /** What can be listed. */
  enum Kind {
    /** Architectures. */
    models,
    /** Data to learn from. */
    tasks,
    /** What computes. */
    backends
  }

  @Parameters(paramLabel = "KIND", description = "One of ${COMPLETION-CANDIDATES}.")
  private Kind kind;

  @Mixin private PluginOption plugins;

  private final Screen screen;

  ListCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    Registry registry = plugins.registry();
    switch (kind) {
      case models ->
          registry
              .models()
              .forEach(
                  m -> entry(m.id(), origin(registry, m), m.summary(), m.defaults(), Map.of()));
      case tasks ->
          registry
              .tasks()
              .forEach(
                  t -> entry(t.id(), origin(registry, t), t.summary(), t.defaults(), t.presets()));
      case backends -> registry.backends().forEach(b -> backend(b, origin(registry, b)));
    }
    return Exit.OK;
  }

  private static String origin(Registry registry, Object provider) {
    return registry.pluginOf(provider).map(p -> " (plug-in " + p.name() + ")").orElse("");
  }

  private void backend(Backend backend, String origin) {
    boolean standard = backend.name().equals(RunOptions.DEFAULT_BACKEND);
    screen.out().println(screen.bold(backend.name()) + origin + (standard ? " (default)" : ""));
    backend.missing().ifPresent(why -> screen.out().println("  not there: " + why));
    List<Device> devices = backend.devices();
    for (int i = 0; i < devices.size(); i++) {
      Device d = devices.get(i);
      String number = devices.size() > 1 ? backend.name() + ":" + i + "  " : "";
      String memory = memory(d.memoryBytes(), backend.on(i).room().bytes());
      screen.out().println("  " + number + d.name() + ", " + d.type() + ", " + memory);
    }
  }

  /** What there is, and what a trial can have if that is less. */
  static String memory(long bytes, long room) {
    String all = gigabytes(bytes);
    return room < bytes ? all + ", of which a trial can have " + gigabytes(room) : all;
  }

  private static String gigabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
  }

  private void entry(
      String name,
      String origin,
      String summary,
      Record defaults,
      Map<String, ? extends Record> presets) {
    screen.out().println(screen.bold(name) + origin);
    screen.out().println("  " + summary);
    String settings = settings(defaults);
    if (!settings.isEmpty()) {
      screen.out().println("  " + screen.dim(settings));
    }
    if (!presets.isEmpty()) {
      screen.out().println("  " + screen.dim("presets: " + String.join(", ", presets.keySet())));
    }
  }

  /** The defaults, as a record prints itself: its class need not be open to this module. */
  private static String settings(Record defaults) {
    String text = defaults.toString();
    return text.substring(text.indexOf('[') + 1, text.length() - 1).replace("=", ": ");
  }
}
