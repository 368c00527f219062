package seqmark.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seqmark.nn.ModelProvider;

class PluginTest {
  @TempDir Path folder;
  private Path plugins;
  private PluginJars jars;

  @BeforeEach
  void makeFolders() throws IOException {
    plugins = Files.createDirectory(folder.resolve("plugins"));
    jars = new PluginJars(Files.createDirectory(folder.resolve("work")));
  }

  @Test
  void aJarAddsItsModels() throws IOException {
    Path jar = jars.jar(plugins.resolve("one.jar"), jars.classes("one", "model-one"));
    Files.writeString(plugins.resolve("README.md"), "not a plug-in");
    for (Path place : List.of(plugins, jar)) {
      Registry registry = Registry.load(List.of(place));
      assertEquals(List.of(), registry.broken());
      ModelProvider<?> model = registry.model("model-one");
      assertEquals("one.jar", registry.pluginOf(model).orElseThrow().name());
      assertEquals(
          Digest.of(Files.readAllBytes(jar)), registry.pluginOf(model).orElseThrow().sha256());
      assertTrue(registry.pluginOf(registry.model("bahdanau")).isEmpty());
      assertEquals(Tiny.REGISTRY.models().size() + 1, registry.models().size());
    }
  }

  @Test
  void aFolderOfClassesAddsItsModels() throws IOException {
    Path classes = jars.classes("one", "model-one");
    Path copy = Files.move(classes, plugins.resolve("mine"));
    for (Path place : List.of(plugins, copy)) {
      Registry registry = Registry.load(List.of(place));
      assertEquals(List.of(), registry.broken());
      assertEquals("mine", registry.pluginOf(registry.model("model-one")).orElseThrow().name());
    }
    String before = PluginFiles.hash(copy);
    PluginJars.newer(copy);
    assertNotEquals(before, PluginFiles.hash(copy));
  }

  @Test
  void aJarThatIsNoModuleAddsItsModels() throws IOException {
    Path classes =
        jars.compile(Map.of("one/Provider", PluginJars.provider("one", "model-one")), "");
    Path services = Files.createDirectories(classes.resolve("META-INF/services"));
    Files.writeString(services.resolve("seqmark.nn.ModelProvider"), "one.Provider\n");
    jars.jar(plugins.resolve("one-1.0.jar"), classes);
    Registry registry = Registry.load(List.of(plugins));
    assertEquals(List.of(), registry.broken());
    assertEquals("model-one", registry.model("model-one").id());
  }

  @Test
  void twoPlugInsMayHavePackagesAndLibrariesOfTheSameName() throws IOException {
    for (String version : List.of("first", "second")) {
      Path library =
          jars.compile(
              Map.of(
                  "module-info",
                  "module lib { exports lib; }",
                  "lib/Version",
                  "package lib; public class Version { public static String id() { return \""
                      + version
                      + "\"; } }"),
              "");
      String provider = PluginJars.provider("same", "ID").replace("\"ID\"", "lib.Version.id()");
      String module = PluginJars.module("same").replace("exports", "requires lib; exports");
      Path classes =
          jars.compile(
              Map.of("module-info", module, "same/Provider", provider), library.toString());
      jars.jar(plugins.resolve(version).resolve("lib.jar"), library);
      jars.jar(plugins.resolve(version).resolve("plugin.jar"), classes);
    }
    Registry registry = Registry.load(List.of(plugins));
    assertEquals(List.of(), registry.broken());
    assertNotEquals(
        registry.model("first").getClass(), registry.model("second").getClass(), "layers");
  }

  @Test
  void oneThatCannotBeReadIsToldAndTheOthersGoOn() throws IOException {
    jars.jar(plugins.resolve("good.jar"), jars.classes("good", "good"));
    Files.writeString(plugins.resolve("text.jar"), "no archive");
    Files.createDirectories(plugins.resolve("empty/sub"));
    Registry registry = Registry.load(List.of(plugins));
    assertEquals("good", registry.model("good").id());
    assertTold(registry, "plug-in empty is left out: expected a jar, a folder of classes with");
    assertTold(registry, "plug-in text.jar is left out: Error reading ", "ZipException");
    assertEquals(2, registry.broken().size());
  }

  @Test
  void whatIsMissingIsTold() throws IOException {
    Path silent =
        jars.compile(
            Map.of("module-info", "module silent {}", "silent/A", "package silent; class A {}"),
            "");
    assertTold(
        load("silent.jar", silent),
        "it provides no model and no task: expected 'provides seqmark.nn.ModelProvider with ...' in"
            + " its module-info, or the same for seqmark.tasks.TaskProvider");
    Files.delete(silent.resolve("module-info.class"));
    assertTold(
        load("auto.jar", silent), "expected a file META-INF/services/seqmark.nn.ModelProvider");
    Path library = jars.compile(Map.of("module-info", "module lib {}"), "");
    Path needy =
        jars.compile(
            Map.of(
                "module-info",
                PluginJars.module("needy").replace("exports", "requires lib; exports"),
                "needy/Provider",
                PluginJars.provider("needy", "needy")),
            library.toString());
    assertTold(load("needy.jar", needy), "Module lib not found, required by needy");
    Path hollow = jars.classes("hollow", "hollow");
    Files.delete(hollow.resolve("hollow/Provider.class"));
    Files.move(hollow, plugins.resolve("hollow"));
    assertTold(Registry.load(List.of(plugins)), "Provider hollow.Provider not found");
  }

  @Test
  void whatAProviderThrowsIsTold() throws IOException {
    assertTold(
        changed(
            "id()",
            "id() { if (true) throw new IllegalStateException(\"boom\"); return \"\"; } String old()"),
        "plug-in changed.jar is left out: java.lang.IllegalStateException: boom");
    assertTold(
        changed(
            "public record",
            "public Provider() { throw new IllegalStateException(\"boom\"); } public record"),
        "Provider changed.Provider could not be instantiated: java.lang.IllegalStateException: boom");
    assertTold(
        changed("public record", "static final int BAD = Integer.parseInt(\"x\"); public record"),
        "NumberFormatException");
    assertTold(
        load("newer.jar", PluginJars.newer(jars.classes("newer", "newer"))),
        "class file version 99.0");
  }

  @Test
  void idsAndSettingsThatNoConfigCouldHaveAreTold() throws IOException {
    assertTold(
        changed("some-id", "My Model"),
        "changed.Provider: id 'My Model': expected letters a-z, digits and '-' only");
    assertTold(changed("does nothing", ""), "changed.Provider: its summary must be one line");
    assertTold(changed("return new Config(1)", "return null"), "its defaults are null");
    assertTold(
        changed("public record", "record"),
        "changed.Provider$Config: settings must be a public record in a package that is exported");
  }

  @Test
  void namesThatAreTakenAreTold() throws IOException {
    assertTold(
        load("clash.jar", jars.classes("clash", "luong")),
        "plug-in clash.jar is left out: its model 'luong' has the name of a built-in one");
    Files.delete(plugins.resolve("clash.jar"));
    jars.jar(plugins.resolve("a.jar"), jars.classes("a", "same"));
    jars.jar(plugins.resolve("b.jar"), jars.classes("b", "same"));
    Registry registry = Registry.load(List.of(plugins));
    assertEquals("a.jar", registry.pluginOf(registry.model("same")).orElseThrow().name());
    assertTold(
        registry,
        "plug-in b.jar is left out: its model 'same' has the name of that of plug-in a.jar");
  }

  @Test
  void aCopyOfSeqmarkIsTold() throws IOException {
    Path copy = jars.compile(Map.of("module-info", "module seqmark.nn {}"), "");
    jars.jar(plugins.resolve("fat/nn.jar"), copy);
    jars.jar(plugins.resolve("fat/one.jar"), jars.classes("one", "one"));
    assertTold(
        Registry.load(List.of(plugins)),
        "plug-in fat is left out: it brings a module seqmark.nn of its own");
  }

  @Test
  void aPlaceThatIsNotThereIsAnError() {
    Path missing = folder.resolve("missing");
    UserError e = assertThrows(UserError.class, () -> Registry.load(List.of(missing)));
    assertEquals("plug-ins: there is no file or folder " + missing, e.getMessage());
  }

  @Test
  void aBugInAPlugInFailsItsTrialsAloneAndBothAreInTheResults() throws IOException {
    Path jar = jars.jar(plugins.resolve("one.jar"), jars.classes("one", "model-one"));
    Registry registry = Registry.load(List.of(plugins));
    Path out = folder.resolve("out");
    Experiment ran = run(registry, out);
    assertEquals(
        List.of(TrialResult.Status.FAILED, TrialResult.Status.FINISHED),
        ran.trials().stream().map(TrialResult::status).toList());
    assertEquals(
        "plug-in one.jar: java.lang.IllegalStateException: cannot be made",
        ran.trials().getFirst().message());
    assertEquals(
        "SHA-256 " + Digest.of(Files.readAllBytes(jar)), ran.provenance().get("plug-in one.jar"));

    jars.jar(
        jar,
        jars.compile(
            Map.of(
                "module-info", PluginJars.module("one"),
                "one/Provider",
                    PluginJars.provider("one", "model-one").replace("cannot", "can not")),
            ""));
    Registry rebuilt = Registry.load(List.of(plugins));
    UserError e = assertThrows(UserError.class, () -> run(rebuilt, out));
    assertTrue(e.getMessage().contains("plug-in one.jar was SHA-256 "), e.getMessage());
  }

  @Test
  void aBugInAPlugInIsToldByCommandsOfOneTrial() throws IOException {
    Registry registry = load("one.jar", jars.classes("one", "model-one"));
    ExperimentConfig config = ExperimentConfig.of("model-one", "copy", List.of(), registry);
    UserError e =
        assertThrows(
            UserError.class, () -> Explanation.of(config, registry, "cpu", "model-one", "copy"));
    assertEquals(
        "plug-in one.jar: java.lang.IllegalStateException: cannot be made", e.getMessage());
  }

  @Test
  void aJarAddsItsTasks() throws IOException {
    String module =
        """
        module data {
          requires seqmark.tasks;
          exports data;
          provides seqmark.tasks.TaskProvider with data.Echo;
        }
        """;
    Path classes = jars.compile(Map.of("module-info", module, "data/Echo", PluginJars.TASK), "");
    Registry registry = load("data.jar", classes);
    assertEquals(List.of(), registry.broken());
    Tiny.config(folder, Tiny.CONFIG);
    ExperimentConfig config =
        ExperimentConfig.read(
            folder.resolve("config.yaml"),
            List.of("tasks=[{task: echo, examples: 40}]", "seeds=[1]"),
            registry);
    RunOptions options = new RunOptions(folder.resolve("out"), "cpu", 1, 1);
    Experiment ran = new Runner(config, registry, options, p -> {}).run();
    assertEquals("echo-bahdanau-1", ran.trials().getLast().id());
    assertEquals(TrialResult.Status.FINISHED, ran.trials().getLast().status());
    assertTrue(ran.provenance().containsKey("plug-in data.jar"), ran.provenance().toString());
  }

  private Experiment run(Registry registry, Path out) {
    Tiny.config(folder, Tiny.CONFIG);
    ExperimentConfig config =
        ExperimentConfig.read(
            folder.resolve("config.yaml"),
            List.of("models=[{model: model-one}, {model: bahdanau}]", "seeds=[1]"),
            registry);
    return new Runner(config, registry, new RunOptions(out, "cpu", 1, 1), p -> {}).run();
  }

  private Registry load(String name, Path classes) throws IOException {
    jars.jar(plugins.resolve(name), classes);
    return Registry.load(List.of(plugins));
  }

  /** A plug-in whose provider has something replaced. */
  private Registry changed(String part, String with) throws IOException {
    String provider = PluginJars.provider("changed", "some-id").replace(part, with);
    Path classes =
        jars.compile(
            Map.of("module-info", PluginJars.module("changed"), "changed/Provider", provider), "");
    return load("changed.jar", classes);
  }

  private static void assertTold(Registry registry, String... parts) {
    for (String part : parts) {
      assertTrue(
          registry.broken().stream().anyMatch(e -> e.getMessage().contains(part)),
          () -> part + " is not in " + registry.broken());
    }
    registry.broken().forEach(e -> assertEquals(1, e.getMessage().lines().count()));
  }
}
