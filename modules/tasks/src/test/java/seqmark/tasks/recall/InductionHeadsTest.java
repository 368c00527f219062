package seqmark.tasks.recall;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import seqmark.tasks.Example;
import seqmark.tasks.Split;
import seqmark.tasks.Task;

class InductionHeadsTest {
  private static final Path HERE = Path.of("");

  @Property(tries = 200)
  void theCueComesOnceMoreAndWhatFollowedItIsAsked(
      @ForAll @IntRange(min = 3, max = 40) int vocabulary,
      @ForAll @IntRange(min = 8, max = 100) int length,
      @ForAll Split split,
      @ForAll long seed) {
    InductionHeads.Config config =
        new InductionHeads.Config(vocabulary, length, List.of(), 50, 50, 50);
    Task task = new InductionHeads().create(config, seed, HERE);
    Example e = task.example(split, (int) Math.floorMod(seed, 50L));
    assertEquals(vocabulary + 3, task.source().size());
    assertEquals(length, e.source().length);
    int cue = task.source().id("?");
    int[] cues = IntStream.range(0, length).filter(i -> e.source()[i] == cue).toArray();
    assertEquals(2, cues.length);
    assertArrayEquals(new int[] {length - 1}, e.asked());
    assertEquals(length - 1, cues[1]);
    assertArrayEquals(new int[] {e.source()[cues[0] + 1]}, e.target());
  }

  @Test
  void theFirstCueStandsAnywhere() {
    InductionHeads.Config config = new InductionHeads.Config(8, 12, List.of(), 5_000, 50, 50);
    Task task = new InductionHeads().create(config, 1, HERE);
    int[] places = new int[12];
    for (int i = 0; i < 5_000; i++) {
      int[] source = task.example(Split.TRAIN, i).source();
      places[IntStream.range(0, 12).filter(p -> source[p] == source[11]).findFirst().orElse(0)]++;
    }
    Arrays.stream(places, 0, 10).forEach(n -> assertEquals(500, n, 110));
  }

  @Test
  void mambaTestsAtPowersOfTwo() {
    InductionHeads provider = new InductionHeads();
    InductionHeads.Config config = provider.presets().get("mamba");
    Task task = provider.create(config, 1, HERE);
    assertEquals(16 + 3, task.source().size());
    assertEquals(204_800 * 8, task.size(Split.TRAIN));
    assertEquals(256, task.example(Split.TRAIN, 5).source().length);
    assertEquals(List.of(64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384), config.testLengths());
    assertTrue(
        config
            .testLengths()
            .containsAll(
                IntStream.range(0, 20)
                    .mapToObj(i -> task.example(Split.TEST, i).source().length)
                    .collect(Collectors.toSet())));
  }

  @ParameterizedTest
  @CsvSource({
    "2, 32, 64, 'vocabulary is 2, expected 3 to 65536, the cue included'",
    "16, 7, 64, 'length is 7, expected 8 to 1048576'",
    "16, 32, 4, 'testLengths is [4], expected lengths from 8 to 1048576'"
  })
  void parametersThatCannotBe(int vocabulary, int length, int testLength, String message) {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new InductionHeads.Config(vocabulary, length, List.of(testLength), 10, 10, 10));
    assertEquals(message, e.getMessage());
  }
}
