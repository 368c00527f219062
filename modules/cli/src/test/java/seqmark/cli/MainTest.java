package seqmark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    assertTrue(Captured.run("list", "backends").out().contains("cpu (default)\n"));
  }

  @Test
  void showsData() {
    Captured captured = Captured.run("data", "copy", "--split=test", "--show=2", "--seed=7");
    assertEquals(Exit.OK, captured.code(), captured.err());
    String[] lines = captured.out().split("\n");
    assertEquals(4, lines.length, captured.out());
    String[] example = lines[2].split(" +");
    assertEquals(example[0], example[1]);
  }

  private static void assertUserError(Captured captured, String part) {
    assertEquals(Exit.USER_ERROR, captured.code(), captured.err());
    assertTrue(captured.err().startsWith("seqmark: "), captured.err());
    assertTrue(captured.err().contains(part), captured.err());
    assertEquals(1, captured.err().lines().count(), captured.err());
    assertFalse(captured.err().contains("Exception"), captured.err());
  }
}
