package seqmark.harness;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The program and the machine it runs on. */
public final class Machine {
  private Machine() {}

  /** Everything known, by name; what cannot be found out is {@code unknown}. */
  public static Map<String, String> facts() {
    Map<String, String> known = new LinkedHashMap<>();
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
    return known;
  }

  private static String version() {
    return Optional.ofNullable(Machine.class.getModule().getDescriptor())
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
    CodeSource source = Machine.class.getProtectionDomain().getCodeSource();
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
