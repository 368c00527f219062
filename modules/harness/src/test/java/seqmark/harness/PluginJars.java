package seqmark.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Compiles and packs plug-ins.
 *
 * @param work an empty folder
 */
record PluginJars(Path work) {
  /**
   * A provider of a model that nobody runs; {@code %1$s} is its package and {@code %2$s} its id.
   */
  private static final String PROVIDER =
      """
      package %1$s;

      import seqmark.nn.*;

      public final class Provider implements ModelProvider<Provider.Config> {
        public record Config(int width) {}

        @Override public String id() { return "%2$s"; }
        @Override public String summary() { return "does nothing"; }
        @Override public Config defaults() { return new Config(1); }
        @Override public int width(Config config) { return config.width(); }
        @Override public Config withWidth(Config config, int width) { return new Config(width); }
        @Override public SequenceModel create(Config config, Problem problem) {
          throw new IllegalStateException("cannot be made");
        }
      }
      """;

  /** A provider of a task that repeats a symbol. */
  static final String TASK =
      """
      package data;

      import java.nio.file.Path;
      import java.util.List;
      import seqmark.tasks.*;
      import seqmark.tasks.metric.Exact;

      public final class Echo implements TaskProvider<Echo.Config> {
        public record Config(int examples) {}

        @Override public String id() { return "echo"; }
        @Override public String summary() { return "repeats a symbol"; }
        @Override public Config defaults() { return new Config(10); }
        @Override public Task create(Config config, long seed, Path folder) {
          Vocabulary symbols = new Vocabulary(List.of("a", "b"), " ");
          return new Task() {
            @Override public Vocabulary source() { return symbols; }
            @Override public Vocabulary target() { return symbols; }
            @Override public int size(Split split) { return config.examples(); }
            @Override public Example example(Split split, int index) {
              int symbol = symbols.id(index % 2 == 0 ? "a" : "b");
              return Example.of(new int[] {symbol}, new int[] {symbol, symbol});
            }
            @Override public List<Metric> metrics() { return List.of(Exact.accuracy("exact")); }
          };
        }
      }
      """;

  private static final String MODULE =
      """
      module %1$s {
        requires seqmark.nn;
        exports %1$s;
        provides seqmark.nn.ModelProvider with %1$s.Provider;
      }
      """;

  static String provider(String name, String id) {
    return PROVIDER.formatted(name, id);
  }

  static String module(String name) {
    return MODULE.formatted(name);
  }

  /** Classes of a module with one provider. */
  Path classes(String name, String id) throws IOException {
    return compile(Map.of("module-info", module(name), name + "/Provider", provider(name, id)), "");
  }

  /**
   * Compiles sources into a new folder.
   *
   * @param sources by path without {@code .java}
   * @param libraries further elements of the module path
   */
  Path compile(Map<String, String> sources, String libraries) throws IOException {
    Path source = Files.createTempDirectory(work, "source");
    Path classes = Files.createTempDirectory(work, "classes");
    String modules = System.getProperty("jdk.module.path");
    List<String> arguments = new ArrayList<>(List.of("-d", classes.toString()));
    boolean module = sources.containsKey("module-info");
    arguments.addAll(
        List.of(module ? "-p" : "-cp", modules + System.getProperty("path.separator") + libraries));
    for (Map.Entry<String, String> e : sources.entrySet()) {
      Path file = source.resolve(e.getKey() + ".java");
      Files.createDirectories(file.getParent());
      arguments.add(Files.writeString(file, e.getValue()).toString());
    }
    run("javac", arguments);
    return classes;
  }

  /** Packs a folder of classes. */
  Path jar(Path jar, Path classes) throws IOException {
    Files.createDirectories(jar.getParent());
    run("jar", List.of("--create", "--file", jar.toString(), "-C", classes.toString(), "."));
    return jar;
  }

  /** Makes all classes of a folder look as if compiled for Java 55. */
  static Path newer(Path classes) throws IOException {
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(f -> f.toString().endsWith("Provider.class")).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        bytes[7] = 99;
        Files.write(file, bytes);
      }
    }
    return classes;
  }

  private static void run(String tool, List<String> arguments) {
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out);
    int code =
        ToolProvider.findFirst(tool)
            .orElseThrow()
            .run(writer, writer, arguments.toArray(String[]::new));
    assertEquals(0, code, out::toString);
  }
}
