package seqmark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code in {@code docs/plugins.md} is compiled and run as it stands there. */
class PluginDocsTest {
  private static final Path DOCS = Path.of("..", "..", "docs", "plugins.md");
  private static final Pattern CODE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;
  private String model;
  private String module;
  private String op;

  @BeforeEach
  void read() throws IOException {
    List<String> code =
        CODE.matcher(Files.readString(DOCS)).results().map((MatchResult r) -> r.group(1)).toList();
    assertEquals(3, code.size());
    model = code.get(0);
    module = code.get(1);
    op = code.get(2);
  }

  @Test
  void theModelIsThatOfNewModel() throws IOException {
    Path project = folder.resolve("project");
    assertEquals(Exit.OK, Captured.run("new-model", "bag", "--dir=" + project).code());
    Path sources = project.resolve("src/main/java");
    assertEquals(Files.readString(sources.resolve("bag/Bag.java")), model);
    assertEquals(Files.readString(sources.resolve("module-info.java")), module);
  }

  @Test
  void aFolderOfItsClassesRuns() throws IOException {
    Captured run = run(model);
    assertTrue(!run.out().contains("reference"), run.out());
  }

  @Test
  void anOpOfItsOwnRunsByReferenceAndTheReportSaysSo() throws IOException {
    String own = model.replace("tanh(add(last, bag))", "Ops.apply(new Squash(), add(last, bag))");
    Captured run = run(own.replace("import seqmark.compute.Shape;", "import seqmark.compute.*;"));
    String words = "its own ops (squash) have no kernel and ran their float64 reference";
    assertTrue(
        run.out().replaceAll("\\s+", " ").contains("bag: its speed says nothing"), run.out());
    assertTrue(run.out().replaceAll("\\s+", " ").contains(words), run.out());
    String page = Files.readString(folder.resolve("out/index.html"));
    assertTrue(page.contains("<b>bag</b> is slower than it has to be"), page);
    String results = Files.readString(folder.resolve("out/results.json"));
    assertTrue(results.contains("\"referenceOps\" : \"squash\""), results);
    assertTrue(results.contains("\"referenceOps\" : \"\""), results);
  }

  @Test
  void anOpWithoutKernelFailsItsTrialAlone() throws IOException {
    op = op.replace("return true;", "return false;");
    String own = model.replace("tanh(add(last, bag))", "Ops.apply(new Squash(), add(last, bag))");
    Captured run = train(own.replace("import seqmark.compute.Shape;", "import seqmark.compute.*;"));
    assertEquals(Exit.TRIAL_FAILED, run.code(), run.err());
    assertTrue(run.out().contains("copy-gru-seq2seq-1  finished"), run.out());
    assertTrue(
        run.out()
            .contains(
                "plug-in classes: java.lang.IllegalStateException: backend cpu: no kernel"
                    + " for op squash"),
        run.out());
  }

  private Captured run(String source) throws IOException {
    Captured run = train(source);
    assertEquals(Exit.OK, run.code(), run.err() + run.out());
    assertEquals("", run.err());
    return run;
  }

  /** Compiles, as the page says, and trains for a few steps. */
  private Captured train(String source) throws IOException {
    Path sources = Files.createDirectories(folder.resolve("src/bag"));
    Path classes = folder.resolve("classes");
    StringWriter log = new StringWriter();
    int code =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(
                new PrintWriter(log),
                new PrintWriter(log),
                "-d",
                classes.toString(),
                "-p",
                System.getProperty("jdk.module.path"),
                Files.writeString(folder.resolve("src/module-info.java"), module).toString(),
                Files.writeString(sources.resolve("Squash.java"), op).toString(),
                Files.writeString(sources.resolve("Bag.java"), source).toString());
    assertEquals(0, code, log.toString());
    Path config =
        Files.writeString(
            folder.resolve("config.yaml"),
            """
            name: docs
            train: {steps: 8, batch: 4, evaluateEvery: 4}
            tasks:
              - {task: copy, length: [1, 4], train: 40, validation: 8, test: 12}
            models:
              - {model: bag, width: 8}
              - {model: gru-seq2seq, hidden: 8, embedding: 4}
            """);
    return Captured.run(
        "run", config.toString(), "--out=" + folder.resolve("out"), "--plugins=" + classes);
  }
}
