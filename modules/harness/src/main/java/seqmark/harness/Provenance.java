package seqmark.harness;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Where numbers come from: program, machine and way of running. */
final class Provenance {
  static final String STARTED = "started";
  static final String BACKEND = "backend";
  static final String PLUGIN = "plug-in ";

  private Provenance() {}

  /** Everything known, by name; what cannot be found out is {@code unknown}. */
  static Map<String, String> of(ExperimentConfig config, Registry registry, RunOptions options) {
    Map<String, String> known = new LinkedHashMap<>();
    known.put(STARTED, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    known.putAll(Machine.facts());
    known.put(BACKEND, options.backend());
    registry
        .device(options.backend())
        .ifPresent(d -> known.put("device", d.name() + ", " + d.type()));
    known.put("threads", Integer.toString(options.threads()));
    known.put("jobs", Integer.toString(options.jobs()));
    known.put("seeds", config.seeds().toString());
    for (Plugin plugin : plugins(config, registry, options)) {
      known.put(PLUGIN + plugin.name(), "SHA-256 " + plugin.sha256());
    }
    return known;
  }

  /** The plug-ins that a run needs. */
  private static Set<Plugin> plugins(
      ExperimentConfig config, Registry registry, RunOptions options) {
    Set<Plugin> used = new LinkedHashSet<>();
    config.models().forEach(m -> registry.pluginOf(m.provider()).ifPresent(used::add));
    config.tasks().forEach(t -> registry.pluginOf(t.provider()).ifPresent(used::add));
    registry.pluginOf(registry.backend(options.backend())).ifPresent(used::add);
    return used;
  }
}
