package seqmark.tasks.mad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import seqmark.tasks.Example;
import seqmark.tasks.Split;
import seqmark.tasks.Task;

class FuzzyRecallTest {
  private static final Path HERE = Path.of("");

  private static Task mad() {
    FuzzyRecall provider = new FuzzyRecall();
    return provider.create(provider.presets().get("mad"), 1, HERE);
  }

  /** 16 symbols are seven keys, eight values and the one that fills up. */
  @Test
  void madHasSevenKeysAndEightValues() {
    Task task = mad();
    assertTrue(task.source().knows("k6") && !task.source().knows("k7"));
    assertTrue(task.source().knows("v7") && !task.source().knows("v8"));
    assertEquals(16 + 3, task.source().size());
    assertEquals(12_800, task.size(Split.TRAIN));
    assertEquals(1_280, task.size(Split.TEST));
    assertEquals(128, task.example(Split.TEST, 0).source().length);
  }

  @Test
  void keysOfEveryLengthAreTrainedAndTheLongestTested() {
    Task task = mad();
    double[] keys = new double[4];
    for (int i = 0; i < 300; i++) {
      runs(task, task.example(Split.TRAIN, i), 'k').forEach(run -> keys[run.length]++);
      runs(task, task.example(Split.TEST, i), 'k').forEach(run -> assertEquals(3, run.length));
    }
    double all = Arrays.stream(keys).sum();
    for (int length = 1; length <= 3; length++) {
      assertEquals(1.0 / 3, keys[length] / all, 0.02);
    }
  }

  @Property(tries = 300)
  void motifsHaveNoSymbolTwiceAndTheLastKeyWasThereBefore(
      @ForAll @IntRange(min = 1, max = 4) int keyMotif,
      @ForAll @IntRange(min = 1, max = 4) int valueMotif,
      @ForAll @IntRange(max = 60) int more,
      @ForAll Questions questions,
      @ForAll Split split,
      @ForAll long seed) {
    int length = Math.max(16, 4 * (keyMotif + valueMotif)) + more;
    FuzzyRecall.Config config =
        new FuzzyRecall.Config(12, keyMotif, valueMotif, length, questions, 50, 50, 50);
    Task task = new FuzzyRecall().create(config, seed, HERE);
    Example e = task.example(split, (int) Math.floorMod(seed, 50L));
    assertEquals(length, e.source().length);
    for (char kind : new char[] {'k', 'v'}) {
      for (String[] run : runs(task, e, kind)) {
        assertEquals(run.length, Arrays.stream(run).distinct().count());
        assertTrue(run.length <= (kind == 'k' ? keyMotif : valueMotif));
      }
    }
    List<List<String>> keys = runs(task, e, 'k').stream().map(List::of).toList();
    assertTrue(keys.indexOf(keys.getLast()) < keys.size() - 1, "the last key is new");
    assertEquals(length - 1, e.asked()[e.asked().length - 1]);
  }

  /** The symbols of a kind that stand side by side. */
  private static List<String[]> runs(Task task, Example example, char kind) {
    String text = task.source().text(example.source());
    return Pattern.compile("(%c\\d+ ?)+".formatted(kind))
        .matcher(text)
        .results()
        .map(run -> run.group().split(" "))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "5, 3, 3, 128, 'keyMotif is 3, expected 1 to 2: half the keys and values, as no symbol comes"
        + " twice'",
    "16, 3, 8, 128, 'valueMotif is 8, expected 1 to 7: half the keys and values, as no symbol comes"
        + " twice'",
    "16, 3, 3, 23, 'length is 23, expected 24 to 100000: four times the longest pair, and 16'"
  })
  void parametersThatCannotBe(
      int vocabulary, int keyMotif, int valueMotif, int length, String message) {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new FuzzyRecall.Config(
                    vocabulary, keyMotif, valueMotif, length, Questions.HIDDEN, 1, 1, 1));
    assertEquals(message, e.getMessage());
  }
}
