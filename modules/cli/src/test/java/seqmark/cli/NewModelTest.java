package seqmark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A researcher's way: generate, build, test, drop in, run. */
class NewModelTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();

  @TempDir Path folder;

  @Test
  void fromAnEmptyFolderToAReport() throws IOException, InterruptedException {
    Path project = folder.resolve("project");
    Captured made = Captured.run("new-model", "bag-of-symbols", "--dir=" + project);
    assertEquals(Exit.OK, made.code(), made.err());
    Path model = project.resolve("src/main/java/bagofsymbols/BagOfSymbols.java");
    assertTrue(Files.readAllLines(model).size() < 100, "short");
    assertTrue(Files.readString(project.resolve("README.md")).contains("mvn -f " + ROOT + " inst"));

    String log = maven(project, "verify");
    Matcher tests = Pattern.compile("Tests run: (\\d+), Failures: 0").matcher(log);
    assertTrue(tests.find() && Integer.parseInt(tests.group(1)) > 20, log);

    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    Path jar = Files.copy(project.resolve("target/bag-of-symbols.jar"), plugins.resolve("bag.jar"));
    String option = "--plugins=" + plugins;
    Captured list = Captured.run("list", "models", option);
    assertTrue(list.out().contains("bag-of-symbols (plug-in bag.jar)\n"), list.out());
    assertTrains(project.resolve("config.yaml"), option);
    Path export = folder.resolve("export");
    Captured exported =
        Captured.run("export", "--model=bag-of-symbols", "--task=copy", "--out=" + export, option);
    assertEquals(Exit.OK, exported.code(), exported.err());
    assertTrue(Files.exists(export.resolve("weights.safetensors")));

    Files.writeString(jar, "overwritten");
    Captured broken = Captured.run("list", "models", option);
    assertEquals(Exit.OK, broken.code());
    assertTrue(broken.err().startsWith("seqmark: plug-in bag.jar is left out: "), broken.err());
    assertEquals(1, broken.err().lines().count());
  }

  private void assertTrains(Path config, String plugins) throws IOException {
    Path out = folder.resolve("out");
    Captured run =
        Captured.run(
            "run",
            config.toString(),
            plugins,
            "--out=" + out,
            "--set=train.steps=20",
            "--set=train.evaluateEvery=10",
            "--set=seeds=[1]");
    assertEquals(Exit.OK, run.code(), run.err());
    String page = Files.readString(out.resolve("index.html"));
    assertTrue(page.contains("plug-in bag.jar") && page.contains("SHA-256 "), page);
    Captured answer =
        Captured.run("predict", out.toString(), "copy-bag-of-symbols-1", "abc", plugins);
    assertEquals(Exit.OK, answer.code(), answer.err());
    Captured without = Captured.run("predict", out.toString(), "copy-bag-of-symbols-1", "abc");
    assertEquals(Exit.USER_ERROR, without.code());
    assertTrue(without.err().contains("unknown model 'bag-of-symbols'"), without.err());
  }

  /** Runs Maven with a local repository that has what Seqmark's {@code install} puts there. */
  private String maven(Path project, String goal) throws IOException, InterruptedException {
    // Not in a temporary folder: JUnit warns of every link that it removes.
    Path repository = Path.of("target", "repository").toAbsolutePath();
    delete(repository);
    Files.createDirectory(repository);
    link(repository, Path.of(System.getProperty("localRepository")), Path.of("io/github/seqmark"));
    install(repository, "seqmark", ROOT.resolve("pom.xml"));
    for (String module : List.of("compute", "nn", "tasks", "testkit", "backend-cpu")) {
      Path source = ROOT.resolve("modules").resolve(module);
      install(
          repository,
          "seqmark-" + module,
          source.resolve("pom.xml"),
          source.resolve("target/seqmark-" + module + "-" + Main.version() + ".jar"));
    }
    Path log = folder.resolve("maven.log");
    Process maven =
        new ProcessBuilder("mvn", "-B", "-o", "-Dmaven.repo.local=" + repository, goal)
            .directory(project.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertTrue(maven.waitFor(10, TimeUnit.MINUTES), "Maven does not end");
    assertEquals(0, maven.exitValue(), () -> read(log));
    return read(log);
  }

  private static void delete(Path tree) throws IOException {
    if (Files.exists(tree)) {
      try (Stream<Path> all = Files.walk(tree)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Links to everything in a folder except for one path, whose folders are made. */
  private static void link(Path to, Path from, Path except) throws IOException {
    Path first = except.getName(0);
    try (Stream<Path> entries = Files.list(from)) {
      for (Path entry : entries.filter(e -> !e.getFileName().equals(first)).toList()) {
        Files.createSymbolicLink(to.resolve(entry.getFileName()), entry);
      }
    }
    Path inner = Files.createDirectory(to.resolve(first));
    if (except.getNameCount() > 1 && Files.isDirectory(from.resolve(first))) {
      link(inner, from.resolve(first), except.subpath(1, except.getNameCount()));
    }
  }

  private static void install(Path repository, String artifact, Path... files) throws IOException {
    String version = Main.version();
    Path place = repository.resolve("io/github/seqmark").resolve(artifact).resolve(version);
    Files.createDirectories(place);
    for (Path file : files) {
      String end = file.toString().endsWith(".jar") ? ".jar" : ".pom";
      Files.copy(file, place.resolve(artifact + "-" + version + end));
    }
  }

  @Test
  void namesAndFoldersThatCannotBeAreToldInOneLine() throws IOException {
    for (String name : List.of("My-Model", "class", "-x", "a b")) {
      Captured captured = Captured.run("new-model", "--dir=" + folder.resolve("x"), "--", name);
      assertEquals(Exit.USER_ERROR, captured.code());
      assertTrue(captured.err().contains("found '" + name + "'"), captured.err());
    }
    Files.writeString(folder.resolve("mine"), "");
    Captured captured = Captured.run("new-model", "ok", "--dir=" + folder);
    assertEquals(Exit.USER_ERROR, captured.code());
    assertTrue(captured.err().contains("is not empty"), captured.err());
  }
}
