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
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import seqmark.nn.Tokens;
import seqmark.tasks.Example;
import seqmark.tasks.Split;
import seqmark.tasks.Task;
import seqmark.tasks.mad.SelectiveCopying.Spacing;

class SlotsTest {
  private static final Path HERE = Path.of("");

  private static Task copying(int length, int tokens, Spacing spacing, long seed) {
    SelectiveCopying.Config config =
        new SelectiveCopying.Config(16, length, tokens, spacing, 1_000, 50, 50);
    return new SelectiveCopying().create(config, seed, HERE);
  }

  @Property(tries = 300)
  void everyTokenHasAPlaceAndASlot(
      @ForAll @IntRange(min = 1, max = 20) int tokens,
      @ForAll @IntRange(max = 50) int blanks,
      @ForAll Spacing spacing,
      @ForAll Split split,
      @ForAll long seed) {
    int length = 2 * tokens + 1 + blanks;
    Task task = copying(length, tokens, spacing, seed);
    Example e = task.example(split, (int) Math.floorMod(seed, 50L));
    int blank = task.source().id(".");
    assertEquals(length, e.source().length);
    int body = length - tokens - 1;
    int[] found = Arrays.stream(e.source(), 0, body).filter(id -> id != blank).toArray();
    assertArrayEquals(e.target(), found);
    assertEquals(task.source().id("?"), e.source()[body]);
    assertArrayEquals(IntStream.range(body + 1, length).toArray(), e.asked());
    assertTrue(Arrays.stream(e.source(), body + 1, length).allMatch(id -> id == blank));
    assertTrue(Arrays.stream(e.target()).allMatch(id -> id < Tokens.FIRST + 14));
  }

  @Test
  void placesAreEquallyLikely() {
    Task task = copying(41, 4, Spacing.PLACES, 1);
    int[] taken = new int[36];
    for (int i = 0; i < 1_000; i++) {
      int[] source = task.example(Split.TRAIN, i).source();
      IntStream.range(0, 36).filter(p -> source[p] < Tokens.FIRST + 14).forEach(p -> taken[p]++);
    }
    double expected = 1_000 * 4 / 36.0;
    Arrays.stream(taken).forEach(n -> assertEquals(expected, n, 5 * Math.sqrt(expected)));
  }

  /** As in MAD's code, where the last token always stands before the cue. */
  @Test
  void gapsAreBeforeTokens() {
    Task task = copying(256, 16, Spacing.GAPS, 1);
    double first = 0;
    for (int i = 0; i < 1_000; i++) {
      int[] source = task.example(Split.TRAIN, i).source();
      assertTrue(source[239 - 1] < Tokens.FIRST + 14, "a blank before the cue");
      first +=
          IntStream.range(0, 240).filter(p -> source[p] < Tokens.FIRST + 14).findFirst().orElse(0);
    }
    assertEquals(223 / 16.0, first / 1_000, 0.5);
  }

  @Test
  void publishedCounts() {
    SelectiveCopying copying = new SelectiveCopying();
    Task mad = copying.create(copying.presets().get("mad"), 1, HERE);
    assertEquals(16 + 3, mad.source().size());
    assertEquals(256, mad.example(Split.TRAIN, 0).source().length);
    assertEquals(16, mad.example(Split.TRAIN, 0).asked().length);
    assertEquals(12_800, mad.size(Split.TRAIN));
    Task mamba = copying.create(copying.presets().get("mamba"), 1, HERE);
    assertEquals(16 + 3, mamba.source().size());
    assertEquals(4096, mamba.example(Split.TEST, 0).source().length);
    assertEquals(16, mamba.example(Split.TEST, 0).target().length);
    Compression compression = new Compression();
    Task compressed = compression.create(compression.presets().get("mad"), 1, HERE);
    assertEquals(16 + 1 + 3, compressed.source().size()); // and the slot
    assertEquals(31, compressed.example(Split.TEST, 0).target().length);
  }

  @ParameterizedTest
  @CsvSource({
    "3, 64, 8, 'vocabulary is 3, expected 4 to 65536, blank and cue included'",
    "16, 2, 1, 'length is 2, expected 3 to 100000'",
    "16, 32, 16, 'tokens is 16, expected 1 to 15: length 32 has the cue, and a place and a slot for"
        + " each'"
  })
  void parametersThatCannotBe(int vocabulary, int length, int tokens, String message) {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new SelectiveCopying.Config(vocabulary, length, tokens, Spacing.PLACES, 1, 1, 1));
    assertEquals(message, e.getMessage());
  }

  @Test
  void compressionThatCannotBe() {
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> new Compression.Config(2, 8, 1, 1, 1));
    assertEquals("vocabulary is 2, expected 3 to 65536, the cue included", e.getMessage());
    e = assertThrows(IllegalArgumentException.class, () -> new Compression.Config(8, 1, 1, 1, 1));
    assertEquals("length is 1, expected 2 to 50000, the cue included", e.getMessage());
  }
}
