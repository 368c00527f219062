package seqmark.tasks.recall;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import seqmark.nn.Tokens;
import seqmark.tasks.Example;
import seqmark.tasks.Split;
import seqmark.tasks.Task;

class MqarTest {
  private static final int HALF = 32;

  private static Task task(int length, int pairs, Mqar.Filler filler) {
    Mqar.Config config = new Mqar.Config(2 * HALF, length, pairs, 0.01, filler, 500, 50, 50);
    return new Mqar().create(config, 1, Path.of(""));
  }

  /** Whoever remembers all pairs answers every question. */
  @ParameterizedTest
  @EnumSource
  void thePairsAnswerAllQuestions(Mqar.Filler filler) {
    Task task = task(64, 8, filler);
    for (int i = 0; i < 500; i++) {
      Example e = task.example(Split.TRAIN, i);
      Map<Integer, Integer> pairs = new HashMap<>();
      for (int p = 0; p < 8; p++) {
        int key = e.source()[2 * p];
        int value = e.source()[2 * p + 1];
        assertTrue(key >= Tokens.FIRST && key < Tokens.FIRST + HALF, "keys are the first half");
        assertTrue(value >= Tokens.FIRST + HALF && value < Tokens.FIRST + 2 * HALF);
        assertEquals(null, pairs.put(key, value), "a key occurs twice");
      }
      assertEquals(8, pairs.values().stream().distinct().count(), "a value occurs twice");
      int[] answers = new int[8];
      for (int q = 0; q < 8; q++) {
        int place = e.asked()[q];
        assertTrue(place >= 16 && place % 2 == 0, "asked at " + place);
        answers[q] = pairs.get(e.source()[place]);
      }
      assertArrayEquals(answers, e.target());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "zoology-figure-2, 64, 4",
    "zoology-figure-2-128, 128, 8",
    "zoology-figure-2-256, 256, 16",
    "zoology-figure-2-512, 512, 64"
  })
  void figure2HasHalfKeysAndHalfValues(String preset, int length, int pairs) {
    Mqar provider = new Mqar();
    Task task = provider.create(provider.presets().get(preset), 1, Path.of(""));
    assertTrue(task.source().knows("k4095") && !task.source().knows("k4096"));
    assertTrue(task.source().knows("v4095") && !task.source().knows("v4096"));
    assertEquals(100_000, task.size(Split.TRAIN));
    assertEquals(3_000, task.size(Split.TEST));
    assertEquals(length, task.example(Split.TEST, 0).source().length);
    assertEquals(pairs, task.example(Split.TEST, 0).asked().length);
  }

  @Test
  void gapsFollowThePowerLaw() {
    Task task = task(64, 1, Mqar.Filler.BLANK);
    int nearest = 0;
    for (int i = 0; i < 500; i++) {
      nearest += task.example(Split.TRAIN, i).asked()[0] == 2 ? 1 : 0;
    }
    double sum = 0;
    for (int gap = 1; gap <= 31; gap++) {
      sum += Math.pow(gap, -0.99);
    }
    assertEquals(500 / sum, nearest, 4 * Math.sqrt(500 / sum));
  }

  /** Four different sequences, of which not all parts could have some of their own. */
  @ParameterizedTest
  @CsvSource({"4, 4, 1", "6, 4, 1", "4, 8, 2", "30, 4, 1"})
  void tooFewSequencesAreShared(int vocabulary, int length, int pairs) {
    Mqar.Config config =
        new Mqar.Config(vocabulary, length, pairs, 0.01, Mqar.Filler.BLANK, 50, 50, 50);
    Task task = new Mqar().create(config, 1, Path.of(""));
    for (Split split : Split.values()) {
      for (int i = 0; i < 50; i++) {
        assertEquals(pairs, task.example(split, i).target().length);
      }
    }
  }

  /** With the smallest powers, far gaps would have no share at all, and never be drawn. */
  @Test
  void powersThatCannotBe() {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Mqar.Config(64, 64, 8, 1e-323, Mqar.Filler.BLANK, 10, 10, 10));
    assertEquals("power is 9.9E-324, expected 0.000001 to 1", e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "7, 64, 4, 'vocabulary is 7, expected an even number from 4 to 65536'",
    "8, 64, 5, 'pairs is 5, expected 1 to 4: as many keys as half the vocabulary'",
    "64, 31, 8, 'length is 31, expected 32 to 100000: four times the pairs, for all pairs and a place"
        + " for each repeated key'"
  })
  void parametersThatCannotBe(int vocabulary, int length, int pairs, String message) {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Mqar.Config(vocabulary, length, pairs, 0.01, Mqar.Filler.BLANK, 10, 10, 10));
    assertEquals(message, e.getMessage());
  }
}
