package seqmark.tasks.mad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import seqmark.tasks.Example;
import seqmark.tasks.Split;
import seqmark.tasks.Task;
import seqmark.tasks.Vocabulary;

class RecallTest {
  private static final Path HERE = Path.of("");

  private static Task mad(boolean noisy) {
    NoisyRecall noise = new NoisyRecall();
    InContextRecall plain = new InContextRecall();
    return noisy
        ? noise.create(noise.presets().get("mad"), 1, HERE)
        : plain.create(plain.presets().get("mad"), 1, HERE);
  }

  @Test
  void madHasEightKeysAndEightValuesWithAndWithoutNoise() {
    Task plain = mad(false);
    assertEquals(16, ofKind(plain.source(), "k") + ofKind(plain.source(), "v"));
    assertEquals(8, ofKind(plain.source(), "k"));
    assertEquals(16 + 3, plain.source().size());
    Task noisy = mad(true);
    assertEquals(8, ofKind(noisy.source(), "k"));
    assertEquals(8, ofKind(noisy.source(), "v"));
    assertEquals(16, ofKind(noisy.source(), "n"));
    assertEquals(32 + 3, noisy.source().size());
    for (Task task : new Task[] {plain, noisy}) {
      assertEquals(12_800, task.size(Split.TRAIN));
      assertEquals(1_280, task.size(Split.TEST));
    }
  }

  /** All pairs whose key was there before, and the last key. */
  @Test
  void madAsksForEveryKeyThatComesAgain() {
    Task task = mad(false);
    for (int i = 0; i < 200; i++) {
      Example e = task.example(Split.TEST, i);
      assertEquals(127, e.source().length);
      int[] keys = IntStream.range(0, 63).map(p -> e.source()[2 * p]).toArray();
      int different = (int) Arrays.stream(keys).distinct().count();
      assertEquals(63 - different + 1, e.asked().length);
      assertEquals(126, e.asked()[e.asked().length - 1]);
    }
  }

  @Test
  void aFifthOfThePairsAreNoise() {
    Task task = mad(true);
    int noise = 0;
    for (int i = 0; i < 500; i++) {
      noise += task.difficulty().of().applyAsInt(task.example(Split.TRAIN, i));
    }
    double pairs = 500 * 62.0; // of 63, one is certain
    assertEquals(0.2, noise / 2 / pairs, 4 * Math.sqrt(0.2 * 0.8 / pairs));
  }

  @Property(tries = 200)
  void answersAreNotShownAfterTheirQuestions(
      @ForAll @IntRange(min = 2, max = 30) int half,
      @ForAll @IntRange(min = 1, max = 20) int noiseVocabulary,
      @ForAll @DoubleRange(max = 0.9) double noise,
      @ForAll @IntRange(min = 8, max = 40) int pairs,
      @ForAll Split split,
      @ForAll long seed) {
    NoisyRecall.Config config =
        new NoisyRecall.Config(
            2 * half + noiseVocabulary,
            noiseVocabulary,
            noise,
            2 * pairs,
            Questions.HIDDEN,
            50,
            50,
            50);
    Task task = new NoisyRecall().create(config, seed, HERE);
    Example e = task.example(split, (int) Math.floorMod(seed, 50L));
    assertEquals(2 * pairs - 1, e.source().length);
    assertEquals(2 * pairs - 2, e.asked()[e.asked().length - 1]);
    for (int place : e.asked()) {
      assertTrue(kind(task, e, place) == 'k', "asked at a key");
      assertTrue(place == 2 * pairs - 2 || kind(task, e, place + 1) == '.', "followed by a blank");
    }
    long blanks = IntStream.range(0, 2 * pairs - 1).filter(p -> kind(task, e, p) == '.').count();
    assertEquals(e.asked().length - 1, blanks);
  }

  @Property(tries = 100)
  void theLastQuestionIsAnnounced(
      @ForAll @IntRange(min = 5, max = 40) int vocabulary,
      @ForAll @IntRange(min = 8, max = 40) int pairs,
      @ForAll long seed) {
    InContextRecall.Config config =
        new InContextRecall.Config(vocabulary, 2 * pairs, Questions.LAST, 10, 10, 10);
    Task task = new InContextRecall().create(config, seed, HERE);
    Example e = task.example(Split.TEST, 3);
    assertArrayEquals(new int[] {2 * pairs - 1}, e.asked());
    assertEquals(2 * pairs, e.source().length);
    assertEquals('?', kind(task, e, 2 * pairs - 2));
  }

  @Test
  void safariHasNineKeysNineValuesAndTwentyPairs() {
    InContextRecall provider = new InContextRecall();
    Task task = provider.create(provider.presets().get("safari"), 1, HERE);
    assertEquals(9, ofKind(task.source(), "k"));
    assertEquals(9, ofKind(task.source(), "v"));
    assertEquals(2 * 20 + 2, task.example(Split.TRAIN, 0).source().length);
  }

  @ParameterizedTest
  @CsvSource({
    "3, 32, 'vocabulary is 3, expected 4 to 65536: two keys, two values and 0 other symbols'",
    "16, 15, 'length is 15, expected an even number from 16 to 100000'"
  })
  void parametersThatCannotBe(int vocabulary, int length, String message) {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new InContextRecall.Config(vocabulary, length, Questions.HIDDEN, 1, 1, 1));
    assertEquals(message, e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "16, 0, 0.2, 'noiseVocabulary is 0, expected 1 to 60000'",
    "16, 13, 0.2, 'vocabulary is 16, expected 17 to 65536: two keys, two values and 13 other"
        + " symbols'",
    "16, 8, 1, 'noise is 1.0, expected 0 to below 1'"
  })
  void noiseThatCannotBe(int vocabulary, int noiseVocabulary, double noise, String message) {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new NoisyRecall.Config(
                    vocabulary, noiseVocabulary, noise, 32, Questions.HIDDEN, 1, 1, 1));
    assertEquals(message, e.getMessage());
  }

  private static char kind(Task task, Example example, int place) {
    return task.source().symbol(example.source()[place]).charAt(0);
  }

  private static long ofKind(Vocabulary vocabulary, String letter) {
    return IntStream.range(0, vocabulary.size())
        .filter(id -> vocabulary.symbol(id).startsWith(letter))
        .count();
  }
}
