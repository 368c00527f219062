package seqmark.harness;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    known.put("seqmark", version());
    known.put("commit", commit());
    known.put(
        "java", System.getProperty("java.version") + ", " + System.getProperty("java.vendor"));
    known.put(
        "jvm", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
    known.put(
        "os",
        Stream.of("os.name", "os.version", "os.arch")
            .map(System::getProperty)
            .collect(Collectors.joining(" ")));
    known.put("cpu", cpu());
    known.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
    known.put(BACKEND, options.backend());
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

  private static String version() {
    return Optional.ofNullable(Provenance.class.getModule().getDescriptor())
        .flatMap(descriptor -> descriptor.rawVersion())
        .orElse("unknown");
  }

  private static String cpu() {
    Path info = Path.of("/proc/cpuinfo");
    try (Stream<String> lines = Files.lines(info)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      // Only Linux has this file.
      return Optional.ofNullable(System.getenv("PROCESSOR_IDENTIFIER")).orElse("unknown");
    }
  }

  /** The git commit of the program's folder; {@code modified} if files differ from it. */
  private static String commit() {
    CodeSource source = Provenance.class.getProtectionDomain().getCodeSource();
    try {
      Path program = Path.of(source.getLocation().toURI());
      Path folder = Files.isDirectory(program) ? program : program.getParent();
      String commit = git(folder, "rev-parse", "HEAD");
      boolean modified = !git(folder, "status", "--porcelain", "-uno").isEmpty();
      return commit.isEmpty() ? "unknown" : commit + (modified ? ", modified" : "");
    } catch (IOException | URISyntaxException e) {
      return "unknown"; // No git, or not run from a folder.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "unknown";
    }
  }

  private static String git(Path folder, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(Stream.of("git", "-C", folder.toString()), Stream.of(arguments)).toList();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    boolean ended = process.waitFor(10, TimeUnit.SECONDS);
    return ended && process.exitValue() == 0 ? output.strip() : "";
  }
}
