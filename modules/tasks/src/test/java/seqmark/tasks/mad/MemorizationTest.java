package seqmark.tasks.mad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import seqmark.tasks.Example;
import seqmark.tasks.Split;
import seqmark.tasks.Task;

class MemorizationTest {
  private static final Path HERE = Path.of("");

  private static Task mad(long seed) {
    Memorization provider = new Memorization();
    return provider.create(provider.presets().get("mad"), seed, HERE);
  }

  /** By key, what all examples of all parts agree its value is. */
  private static Map<Integer, Integer> dictionary(Task task) {
    Map<Integer, Integer> dictionary = new HashMap<>();
    for (Split split : Split.values()) {
      for (int i = 0; i < task.size(split); i++) {
        Example e = task.example(split, i);
        for (int q = 0; q < e.asked().length; q++) {
          Integer before = dictionary.put(e.source()[e.asked()[q] - 1], e.target()[q]);
          assertTrue(before == null || before == e.target()[q], "two values of one key");
        }
      }
    }
    return dictionary;
  }

  @Test
  void madHasOneHundredTwentySevenKeysAndADictionaryBySeed() {
    Task task = mad(1);
    assertEquals(256, task.size(Split.TRAIN));
    assertEquals(1_280, task.size(Split.TEST));
    assertEquals(256 + 3, task.source().size());
    assertTrue(task.source().knows("k126") && !task.source().knows("k127"));
    assertTrue(task.source().knows("v127") && !task.source().knows("v128"));
    Map<Integer, Integer> dictionary = dictionary(task);
    assertEquals(127, dictionary.size());
    assertEquals(127, new HashSet<>(dictionary.values()).size());
    assertNotEquals(dictionary, dictionary(mad(2)));
  }

  @Property(tries = 100)
  void valuesAreAskedAfterKeysAndNeverShown(
      @ForAll @IntRange(min = 5, max = 300) int vocabulary,
      @ForAll @IntRange(min = 1, max = 30) int questions,
      @ForAll Split split,
      @ForAll long seed) {
    Memorization.Config config = new Memorization.Config(vocabulary, 2 * questions, 50, 50, 50);
    Task task = new Memorization().create(config, seed, HERE);
    Example e = task.example(split, (int) Math.floorMod(seed, 50L));
    String[] words = task.source().text(e.source()).split(" ");
    assertEquals(2 * questions, words.length);
    int[] expected = new int[questions];
    for (int q = 0; q < questions; q++) {
      expected[q] = 2 * q + 1;
      assertTrue(words[2 * q].startsWith("k"));
      assertEquals("?", words[2 * q + 1]);
      assertTrue(task.target().symbol(e.target()[q]).startsWith("v"));
    }
    assertArrayEquals(expected, e.asked());
  }

  @ParameterizedTest
  @CsvSource({
    "4, 32, 'vocabulary is 4, expected 5 to 65536: two keys, two values and the symbol that asks'",
    "256, 31, 'length is 31, expected an even number from 2 to 100000'"
  })
  void parametersThatCannotBe(int vocabulary, int length, String message) {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Memorization.Config(vocabulary, length, 1, 1, 1));
    assertEquals(message, e.getMessage());
  }
}
