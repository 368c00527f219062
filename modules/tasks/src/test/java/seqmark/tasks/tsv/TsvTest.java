package seqmark.tasks.tsv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static seqmark.tasks.tsv.Tsv.Unit.CHARACTERS;
import static seqmark.tasks.tsv.Tsv.Unit.WORDS;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seqmark.tasks.Answer;
import seqmark.tasks.DataHash;
import seqmark.tasks.Example;
import seqmark.tasks.Split;
import seqmark.tasks.Task;

class TsvTest {
  private static final String LINES =
      IntStream.range(0, 200)
          .mapToObj(i -> "source " + i % 100 + "\ttarget " + i + "\n")
          .collect(Collectors.joining());

  @TempDir Path folder;

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private Task read(String file, Tsv.Unit unit) {
    return new Tsv().create(new Tsv.Config(file, "", "", 0.1, 0.1, unit, 0), 1, folder);
  }

  private Task readDivided(Tsv.Unit unit, int maxVocabulary) {
    Tsv.Config config = new Tsv.Config("a", "b", "c", 0.1, 0.1, unit, maxVocabulary);
    return new Tsv().create(config, 1, folder);
  }

  private void assertError(String file, String expected) {
    Exception e = assertThrows(IllegalArgumentException.class, () -> read(file, CHARACTERS));
    assertEquals(expected.replace("FILE", "file " + folder.resolve(file)), e.getMessage());
  }

  @Test
  void linesOfOneSourceStayTogether() throws IOException {
    write("a.tsv", LINES);
    Task task = read("a.tsv", CHARACTERS);
    int lines = 0;
    for (Split split : Split.values()) {
      assertEquals(0, task.size(split) % 2, "each source is there twice");
      lines += task.size(split);
    }
    assertEquals(200, lines);
  }

  @Test
  void filesAsTheyCome() throws IOException {
    write("plain.tsv", LINES);
    write("windows.tsv", "\uFEFF" + LINES.replace("\n", "\r\n") + "\r\n\r\n");
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("small.tsv.gz")))) {
      out.write(LINES.stripTrailing().getBytes(StandardCharsets.UTF_8));
    }
    Task plain = read("plain.tsv", WORDS);
    for (String other : List.of("windows.tsv", "small.tsv.gz")) {
      Task task = read(folder.resolve(other).toString(), WORDS);
      for (Split split : Split.values()) {
        assertEquals(plain.size(split), task.size(split));
        Example expected = plain.example(split, 3);
        assertArrayEquals(expected.source(), task.example(split, 3).source());
        assertArrayEquals(expected.target(), task.example(split, 3).target());
      }
    }
  }

  @Test
  void theVocabularyIsThatOfTraining() throws IOException {
    write("a", "x y\tu u u v v w\n");
    write("b", "x\tu\n");
    write("c", "x z\tw u new\n");
    Task task = readDivided(WORDS, 3);
    assertEquals("x <unk>", task.source().text(task.example(Split.TEST, 0).source()));
    Example test = task.example(Split.TEST, 0);
    assertEquals("<unk> u <unk>", task.target().text(test.target()));
    assertEquals("w u new", task.target().text(test.references().getFirst()));
    double[] sums = new double[2];
    task.metrics().getLast().count(test, Answer.of(test.target()), sums);
    assertArrayEquals(new double[] {0, 1}, sums, "what is unknown is never right");
  }

  @Test
  void charactersAreCodePoints() throws IOException {
    for (String name : List.of("a", "b", "c")) {
      write(name, "😀a\té\n");
    }
    Example example = readDivided(CHARACTERS, 0).example(Split.TEST, 0);
    assertEquals(2, example.source().length);
    assertEquals(1, example.target().length);
  }

  /** The hashes that examples had when all of them were in memory. */
  @Test
  void examplesAreTheSameInAllVersions() throws IOException {
    write("sample.tsv", "\uFEFF" + sample());
    assertHash("ac4d14fdb96f6bb27d6f8ec9e609898ceaef2ba284f60e2059c9bc7c1b91aa45", CHARACTERS, 0);
    assertHash("c98c615e6a27f80ddd58c41f4cecd19feadc343763f407a3cecfcd48a0710f6a", CHARACTERS, 12);
    assertHash("7fed423984c42f9daefeb5b4cab4b11757c6ce3a330fa4015fe83477d9965198", WORDS, 0);
    assertHash("b1b68e823b5363ec72f49f0f3ddab69aa727544d353dab5597ad213ddae670c8", WORDS, 12);
  }

  private static String sample() {
    return IntStream.range(0, 300)
        .mapToObj(i ->
            "größe  %d 😀 <unk>\t %s x%d\r\n"
                .formatted(i * 7919 % 1_000, "年月日".charAt(i % 3), i % 17))
        .collect(Collectors.joining("\n"));
  }

  private void assertHash(String expected, Tsv.Unit unit, int maxVocabulary) {
    Tsv.Config config = new Tsv.Config("sample.tsv", "", "", 0.1, 0.2, unit, maxVocabulary);
    assertEquals(expected, DataHash.of(new Tsv().create(config, 1, folder)));
  }

  @Test
  void aFileThatChangesIsAnError() throws IOException {
    write("a.tsv", LINES);
    Task task = read("a.tsv", WORDS);
    write("a.tsv", LINES.replace('\t', ' '));
    Exception e = assertThrows(IllegalArgumentException.class, () -> task.example(Split.TRAIN, 0));
    assertTrue(e.getMessage().contains("was changed while it was in use"), e.getMessage());
  }

  @Test
  void errorsNameFileAndLine() throws IOException {
    write("two.tsv", LINES + "no tab\n");
    assertError("two.tsv", "FILE, line 201: expected 2 columns, source<TAB>target, but found 1");
    write("three.tsv", "a\tb\tc");
    assertError("three.tsv", "FILE, line 1: expected 2 columns, source<TAB>target, but found 3");
    write("source.tsv", "a\tb\n\tb\n");
    assertError("source.tsv", "FILE, line 2: the source is empty");
    write("target.tsv", "a\tb\r\na\t\r\n");
    assertError("target.tsv", "FILE, line 2: the target is empty");
  }

  @Test
  void brokenUtf8IsNamedByItsByte() throws IOException {
    byte[] bytes = "ä\tb\nä\tbcd\n".getBytes(StandardCharsets.UTF_8);
    bytes[9] = (byte) 0xC3;
    Files.write(folder.resolve("latin.tsv"), bytes);
    assertError("latin.tsv", "FILE, line 2: broken UTF-8 at byte 5 of the line, 10 of the file");
  }

  @Test
  void filesThatCannotBeReadAreErrors() throws IOException {
    write("empty.tsv", "\n\n");
    assertError("empty.tsv", "FILE is empty, expected lines of source<TAB>target");
    assertError("none.tsv", "FILE does not exist");
    assertError(".", "FILE is a folder, expected a file");
    write("no.tsv.gz", LINES);
    assertError("no.tsv.gz", "FILE broken or truncated gzip data after line 0");
    write("short.tsv", "a\tb\n");
    Exception e = assertThrows(IllegalArgumentException.class, () -> read("short.tsv", WORDS));
    assertTrue(e.getMessage().contains("no line fell to the "), e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> read("", WORDS));
  }

  @Test
  void truncatedGzipIsAnError() throws IOException {
    Path file = folder.resolve("cut.tsv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(LINES.getBytes(StandardCharsets.UTF_8));
    }
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    Exception e = assertThrows(IllegalArgumentException.class, () -> read("cut.tsv.gz", WORDS));
    assertTrue(e.getMessage().contains("broken or truncated gzip"), e.getMessage());
  }
}
