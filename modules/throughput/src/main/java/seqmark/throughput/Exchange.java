package seqmark.throughput;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import seqmark.harness.Registry;
import seqmark.harness.ThroughputConfig;
import seqmark.harness.ThroughputConfig.Execution;
import tools.jackson.databind.json.JsonMapper;

/**
 * How the program and the virtual machines that it starts talk: a folder with the config, in which
 * each of them leaves what it found.
 *
 * @param folder where
 * @param plugins what they load besides the module path
 */
record Exchange(Path folder, List<Path> plugins) {
  private static final String FOLDER = "seqmark.throughput.folder";
  private static final String PLUGINS = "seqmark.throughput.plugins";
  private static final String BACKENDS = "seqmark.throughput.backends";
  private static final JsonMapper JSON = new JsonMapper();

  /** What this virtual machine was started with. */
  static Exchange ofThisFork() {
    List<Path> plugins =
        Stream.of(System.getProperty(PLUGINS).split(File.pathSeparator))
            .filter(p -> !p.isEmpty())
            .map(Path::of)
            .toList();
    return new Exchange(Path.of(System.getProperty(FOLDER)), plugins);
  }

  /** The options that tell a virtual machine. */
  List<String> options() {
    List<String> paths = plugins.stream().map(p -> p.toAbsolutePath().toString()).toList();
    return List.of(
        "-D" + FOLDER + "=" + folder.toAbsolutePath(),
        "-XX:ErrorFile=" + folder.toAbsolutePath().resolve("hs_err_%p.log"),
        "-D" + PLUGINS + "=" + String.join(File.pathSeparator, paths));
  }

  /** The option that tells a virtual machine which backend is its own: it must not wake others. */
  static String option(Execution own) {
    return "-D%s=[{backend: '%s', device: %d, threads: %d, vectorBits: %d}]"
        .formatted(BACKENDS, own.backend(), own.device(), own.threads(), own.vectorBits());
  }

  /** The config. */
  Path config() {
    return folder.resolve("config.yaml");
  }

  /** The config with this virtual machine's backend alone. */
  ThroughputConfig readConfig(Registry registry) {
    String own = "backends=" + System.getProperty(BACKENDS);
    return ThroughputConfig.read(config(), List.of(own), registry);
  }

  /** What a fork found in an earlier step of its life. */
  Optional<Facts> read(String method, Case of) {
    Path file = file(method, of);
    return Files.exists(file) ? Optional.of(JSON.readValue(file, Facts.class)) : Optional.empty();
  }

  void write(String method, Case of, Facts facts) {
    JSON.writeValue(file(method, of), facts);
  }

  private Path file(String method, Case of) {
    return folder.resolve(of.fileName() + "-" + method + ".json");
  }

  /** What JMH says while it measures. */
  Path log(String name) {
    return folder.resolve(name + ".log");
  }
}
