package seqmark.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  @TempDir Path folder;

  @Test
  void usageErrorsAreOneLineThatHelps() {
    assertUserError(
        Captured.run("runn"), "Unmatched argument at index 0: 'runn'; did you mean run?");
    assertUserError(Captured.run("run"), "Missing required parameter: 'CONFIG'");
    assertUserError(Captured.run("run", "--bakend=x", "a"), "did you mean --backend?");
    assertUserError(Captured.run("run", "--jobs=many", "a"), "'many' is not an int");
    assertUserError(Captured.run("list", "modles"), "expected one of [models, tasks, backends]");
    assertUserError(Captured.run("data", "copy", "--split=tset"), "known: train, validation, test");
  }

  @Test
  void userErrorsAreOneLine() throws IOException {
    Path missing = folder.resolve("missing.yaml");
    assertUserError(Captured.run("run", missing.toString()), missing.toString());
    assertUserError(Captured.run("report", folder.toString()), folder.toString());
    assertUserError(Captured.run("data", "nonsense"), "unknown task 'nonsense'");
    Path config = Files.writeString(folder.resolve("bad.yaml"), "name: bad\ntrian: {steps: 3}\n");
    assertUserError(Captured.run("run", config.toString()), "trian");
  }

  @Test
  void verboseShowsTheCause() {
    Captured captured = Captured.run("report", folder.toString(), "--verbose");
    assertEquals(Exit.USER_ERROR, captured.code());
    assertTrue(captured.err().contains("\tat seqmark.harness"), captured.err());
  }

  @Test
  void withoutACommandItSaysWhatThereIs() {
    Captured captured = Captured.run();
    assertEquals(Exit.USER_ERROR, captured.code());
    assertTrue(captured.err().contains("Trains and tests all models"), captured.err());
  }

  @Test
  void helpAndVersionAreNoErrors() {
    assertEquals(Exit.OK, Captured.run("--help").code());
    assertEquals(Exit.OK, Captured.run("run", "--help").code());
    assertTrue(Captured.run("--version").out().startsWith("seqmark "));
  }

  @Test
  void listsWhatThereIs() {
    assertTrue(Captured.run("list", "models").out().contains("\n  additive attention"));
    assertTrue(Captured.run("list", "tasks").out().contains("reverse\n  "));
    String backends = Captured.run("list", "backends").out();
    assertTrue(backends.contains("cpu (default)\n  "), backends);
    assertTrue(backends.contains("tornado\n  "), "a device, or why there is none: " + backends);
  }

  @Test
  void aDevicesMemoryIsNotWhatATrialCanHave() {
    assertEquals(
        "15.1 GB, of which a trial can have 4.0 GB",
        ListCommand.memory(15_100_000_000L, 4_000_000_000L));
    assertEquals("6.3 GB", ListCommand.memory(6_300_000_000L, 6_300_000_000L));
  }

  @Test
  void showsData() {
    Captured captured = Captured.run("data", "copy", "--split=test", "--show=2", "--seed=7");
    assertEquals(Exit.OK, captured.code(), captured.err());
    String[] lines = captured.out().split("\n");
    assertEquals(5, lines.length, captured.out());
    assertEquals("what counts: every symbol of the target; in the loss also its end", lines[1]);
    String[] example = lines[3].split(" +");
    assertEquals(example[0], example[1]);
  }

  @Test
  void showsWhatIsAskedAndTheHash() {
    List<String> command =
        List.of("data", "mqar", "--show=1", "--hash", "--set=pairs=2", "--set=length=16");
    String[] lines = Captured.run(command.toArray(String[]::new)).out().split("\n");
    assertTrue(lines[1].contains("«marked»"), lines[1]);
    assertEquals(2, lines[3].chars().filter(c -> c == '«').count(), lines[3]);
    assertTrue(lines[4].matches("SHA-256 of this part:  [0-9a-f]{64}"), lines[4]);
    assertTrue(lines[5].matches("SHA-256 of all parts:  [0-9a-f]{64}"), lines[5]);
    assertArrayEquals(lines, Captured.run(command.toArray(String[]::new)).out().split("\n"));
  }

  @Test
  void settingsOfDataThatCannotBe() {
    assertUserError(
        Captured.run("data", "mqar", "--set", "pairs=99"),
        "--set pairs=99: pairs is 99, expected 1 to 32");
    assertUserError(Captured.run("data", "mqar", "--set", "pair=9"), "did you mean 'pairs'?");
    assertUserError(Captured.run("data", "copy", "--preset", "x"), "task copy has no preset 'x'");
  }

  /** Even lists of numbers cannot be so long, however large the heap. */
  @Test
  void memoryThatIsTooSmallIsToldInOneLine() throws IOException {
    Path config = folder.resolve("huge.yaml");
    Files.writeString(
        config,
        """
        name: huge
        seeds: [1]
        budget: {parameters: 20_000}
        train: {steps: 5, batch: 4}
        tasks:
          - {task: copy, train: 2147483647}
        models:
          - {model: lstm-seq2seq}
        """);
    Captured captured = Captured.run("run", config.toString(), "--out", folder + "/out");
    assertEquals(Exit.UNEXPECTED, captured.code(), captured.err());
    assertTrue(captured.err().startsWith("seqmark: out of memory ("), captured.err());
    assertEquals(1, captured.err().lines().count(), captured.err());
  }

  @Test
  void whatCommandsTerminalsIsNotShown() throws IOException {
    Path text = folder.resolve("text.txt");
    Files.writeString(text, "a\u001b[31mb\u0007\u0085\u2028c\td\n".repeat(1_000));
    Captured captured = Captured.run("data", "text", "--show=1", "--set", "file=" + text);
    assertEquals(Exit.OK, captured.code(), captured.err());
    assertTrue(captured.out().contains("a\uFFFD[31mb\uFFFD\uFFFD\uFFFDc⇥d⏎"), captured.out());
  }

  private static void assertUserError(Captured captured, String part) {
    assertEquals(Exit.USER_ERROR, captured.code(), captured.err());
    assertTrue(captured.err().startsWith("seqmark: "), captured.err());
    assertTrue(captured.err().contains(part), captured.err());
    assertEquals(1, captured.err().lines().count(), captured.err());
    assertFalse(captured.err().contains("Exception"), captured.err());
  }
}
