package seqmark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole house, through its front door. */
class EndToEndTest {
  private static final String CONFIG =
      """
      name: tiny
      seeds: [1, 2]
      train: {steps: 8, batch: 4, evaluateEvery: 4}
      tasks:
        - {task: copy, length: [1, 4], train: 40, validation: 8, test: 12}
        - {task: reverse, length: [1, 4], train: 40, validation: 8, test: 12}
      models:
        - {model: lstm-seq2seq, hidden: 8, embedding: 4}
        - {model: bahdanau, hidden: 8, embedding: 4}
      """;

  @TempDir Path folder;

  @Test
  void fromAConfigToAReport() throws IOException {
    Path config = Files.writeString(folder.resolve("tiny.yaml"), CONFIG);
    Path out = folder.resolve("out");
    Captured run = Captured.run("run", config.toString(), "--out=" + out, "--jobs=2");
    assertEquals(Exit.OK, run.code(), run.err());
    assertEquals("", run.err());
    assertTrue(run.out().contains("copy-bahdanau-2"), run.out());
    assertTrue(run.out().contains("model "), run.out());
    Path page = out.resolve("index.html");
    assertTrue(run.out().endsWith("Report: " + page + "\n"), run.out());
    String html = Files.readString(page);
    assertTrue(html.contains("8 of 8 trials finished"));

    assertGoesOnWithoutTraining(config, out);
    assertReportIsDrawnAgain(out, html);
    assertAnswers(out);
  }

  @Test
  void explainsWithoutTraining() throws IOException {
    Path config = Files.writeString(folder.resolve("tiny.yaml"), CONFIG);
    Captured explained = Captured.run("explain", config.toString(), "bahdanau", "copy");
    assertEquals(Exit.OK, explained.code(), explained.err());
    assertTrue(explained.out().contains("FLOPs per step"), explained.out());
    Captured unknown = Captured.run("explain", config.toString(), "nobody", "copy");
    assertEquals(Exit.USER_ERROR, unknown.code());
  }

  @Test
  void weightsGoOutAndComeBack() throws IOException {
    Path config = Files.writeString(folder.resolve("tiny.yaml"), CONFIG);
    String model = "--model=bahdanau";
    String file = "--config=" + config;
    Path export = folder.resolve("export");
    Captured exported =
        Captured.run("export", model, "--task=copy", file, "--seed=2", "--out=" + export);
    assertEquals(Exit.OK, exported.code(), exported.err());
    assertEquals("Export: " + export + "\n", exported.out());
    String weights = export.resolve("weights.safetensors").toString();
    Path out = folder.resolve("imported");
    String[] command = {
      "import-weights", weights, model, "--task=copy", file, "--seed=2", "--out=" + out
    };
    Captured imported = Captured.run(command);
    assertEquals(Exit.OK, imported.code(), imported.err());
    String page = Files.readString(out.resolve("index.html"));
    assertTrue(page.contains("1 of 4 trials finished"), page);
    assertTrue(page.contains("imported from " + weights), page);
    assertEquals(Exit.OK, Captured.run("predict", out.toString(), "copy-bahdanau-2", "abc").code());
    assertEquals(Exit.USER_ERROR, Captured.run(command).code());
    command[2] = "--model=lstm-seq2seq";
    Captured wrong = Captured.run(command);
    assertEquals(Exit.USER_ERROR, wrong.code());
    assertTrue(wrong.err().contains("does not fit model lstm-seq2seq"), wrong.err());
  }

  private static void assertGoesOnWithoutTraining(Path config, Path out) {
    Captured again = Captured.run("run", config.toString(), "--out=" + out);
    assertEquals(Exit.OK, again.code(), again.err());
    assertTrue(again.out().contains("finished in an earlier run"), again.out());
    Captured other =
        Captured.run("run", config.toString(), "--out=" + out, "--set", "train.steps=9");
    assertEquals(Exit.USER_ERROR, other.code());
    assertTrue(other.err().contains("train.steps"), other.err());
  }

  private static void assertReportIsDrawnAgain(Path out, String html) throws IOException {
    Files.delete(out.resolve("index.html"));
    assertEquals(Exit.OK, Captured.run("report", out.toString()).code());
    assertEquals(html, Files.readString(out.resolve("index.html")));
  }

  private static void assertAnswers(Path out) throws IOException {
    Path picture = out.resolve("map.svg");
    Captured answer =
        Captured.run("predict", out.toString(), "copy-bahdanau-1", "abc", "--svg=" + picture);
    assertEquals(Exit.OK, answer.code(), answer.err());
    assertTrue(answer.out().contains("a b c"), answer.out());
    assertTrue(Files.readString(picture).startsWith("<svg"));
    Captured blind =
        Captured.run("predict", out.toString(), "copy-lstm-seq2seq-1", "a", "--svg=" + picture);
    assertEquals(Exit.USER_ERROR, blind.code());
    assertTrue(blind.err().contains("does not attend"), blind.err());
  }
}
