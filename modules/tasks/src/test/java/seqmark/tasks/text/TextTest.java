package seqmark.tasks.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seqmark.tasks.DataHash;
import seqmark.tasks.Example;
import seqmark.tasks.Split;
import seqmark.tasks.Task;
import seqmark.tasks.Vocabulary;

class TextTest {
  /** 6,000 characters, each word once. */
  private static final String COUNTING =
      IntStream.range(1_000, 2_200).mapToObj(i -> i + "\n").collect(Collectors.joining());

  @TempDir Path folder;

  private static Text.Config config(String file, int maxVocabulary, int most) {
    return new Text.Config(file, 10, 4, 0.1, 0.2, maxVocabulary, most, most, most);
  }

  private Task read(String text, int maxVocabulary, int most) throws IOException {
    Files.writeString(folder.resolve("a.txt"), text);
    return new Text().create(config("a.txt", maxVocabulary, most), 1, folder);
  }

  @Test
  void everyCharacterAfterTheFirstContextIsAskedOnce() throws IOException {
    Task task = read(COUNTING, 0, 0);
    int[] starts = {0, 4_200, 4_800, 6_000};
    for (Split split : Split.values()) {
      String part = COUNTING.substring(starts[split.ordinal()], starts[split.ordinal() + 1]);
      StringBuilder asked = new StringBuilder();
      for (int i = 0; i < task.size(split); i++) {
        Example example = task.example(split, i);
        String context = task.source().text(example.source());
        asked.append(task.target().text(example.target()));
        assertEquals(part.substring(4 * i, 4 * i + 10), context);
      }
      assertTrue(part.substring(10).startsWith(asked.toString()));
      assertTrue(part.length() - 10 - asked.length() < 4, "all but an incomplete target");
    }
  }

  @Test
  void ofMoreWindowsSomeAreTakenAtEqualDistances() throws IOException {
    Task all = read(COUNTING, 0, 0);
    Task some = read(COUNTING, 0, 49);
    assertEquals(49, some.size(Split.TRAIN));
    int possible = all.size(Split.TRAIN);
    for (int i = 0; i < 49; i++) {
      assertEquals(
          all.source().text(all.example(Split.TRAIN, i * possible / 49).source()),
          some.source().text(some.example(Split.TRAIN, i).source()));
    }
  }

  @Test
  void theVocabularyIsThatOfTraining() throws IOException {
    Task task = read("ab".repeat(100) + "c".repeat(60) + "😀 ".repeat(20), 0, 0);
    assertEquals("<unk>abc", symbols(task));
    assertEquals("<unk>", task.target().symbol(task.example(Split.TEST, 0).target()[0]));
    assertEquals("<unk>ab", symbols(read("ab".repeat(90) + "c".repeat(200), 3, 0)));
    assertTrue(task.source() == task.target(), "one embedding for both");
  }

  private static String symbols(Task task) {
    Vocabulary vocabulary = task.source();
    return IntStream.range(vocabulary.id(Vocabulary.UNKNOWN), vocabulary.size())
        .mapToObj(vocabulary::symbol)
        .collect(Collectors.joining());
  }

  @Test
  void gzipIsAsPlain() throws IOException {
    Task plain = read(COUNTING, 0, 0);
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("a.txt.gz")))) {
      out.write(COUNTING.getBytes(StandardCharsets.UTF_8));
    }
    Task packed = new Text().create(config("a.txt.gz", 0, 0), 1, folder);
    assertEquals(DataHash.of(plain), DataHash.of(packed));
  }

  @Test
  void filesThatCannotBeUsedAreErrors() {
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> read("too short a text", 0, 0));
    assertEquals(
        "file %s: its train part has 12 characters, expected at least context + target = 14; take a longer text, a larger share or shorter windows"
            .formatted(folder.resolve("a.txt")),
        e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> read("", 0, 0));
    Exception none =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Text().create(config("none", 0, 0), 1, folder));
    assertEquals("file " + folder.resolve("none") + " does not exist", none.getMessage());
    Exception missing =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Text().create(new Text().defaults(), 1, folder));
    assertEquals("file is missing, expected the path of a text file", missing.getMessage());
  }

  @Test
  void badParametersAreNamed() {
    assertMessage("context is 0, expected 1 to 100000 characters", 0, 1, 0.1, 0, 1);
    assertMessage("target is 100001, expected 1 to 100000 characters", 1, 100_001, 0.1, 0, 1);
    assertMessage("testShare is 0.0, expected more than 0 and less than 1", 1, 1, 0, 0, 1);
    assertMessage(
        "validationShare and testShare are 0.5 and 0.5, expected a sum below 1", 1, 1, 0.5, 0, 1);
    assertMessage("maxVocabulary is 1, expected 2 or more, or 0 for no limit", 1, 1, 0.1, 1, 1);
    assertMessage("train is -1, expected 1 or more windows, or 0 for all", 1, 1, 0.1, 0, -1);
  }

  private static void assertMessage(
      String expected, int context, int target, double share, int maxVocabulary, int train) {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Text.Config("f", context, target, 0.5, share, maxVocabulary, train, 1, 1));
    assertEquals(expected, e.getMessage());
    assertFalse(e.getMessage().contains("\n"));
  }
}
