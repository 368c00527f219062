package seqmark.tasks.recall;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import seqmark.tasks.Example;
import seqmark.tasks.Split;
import seqmark.tasks.Task;

class SequenceTaskTest {
  private static final Path HERE = Path.of(".");

  @Property(tries = 200)
  void targetsAreTheSourceItsReverseOrItsSymbolsInOrder(
      @ForAll @IntRange(min = 2, max = 100) int alphabet,
      @ForAll @IntRange(min = 1, max = 30) int shortest,
      @ForAll @IntRange(max = 30) int more,
      @ForAll Split split,
      @ForAll long seed) {
    SequenceConfig config =
        new SequenceConfig(alphabet, List.of(shortest, shortest + more), List.of(), 100, 100, 100);
    int index = (int) Math.floorMod(seed, 100L);
    Example copy = new Copy().create(config, seed, HERE).example(split, index);
    Example reverse = new Reverse().create(config, seed, HERE).example(split, index);
    assertArrayEquals(copy.source(), copy.target());
    assertArrayEquals(copy.source(), reverse.source());
    int last = copy.source().length - 1;
    assertTrue(shortest <= last + 1 && last + 1 <= shortest + more);
    assertArrayEquals(
        IntStream.rangeClosed(0, last).map(i -> copy.source()[last - i]).toArray(),
        reverse.target());
    Example sort = new Sort().create(config, seed, HERE).example(split, index);
    assertArrayEquals(copy.source(), sort.source());
    assertArrayEquals(IntStream.of(copy.source()).sorted().toArray(), sort.target());
  }

  @Test
  void shortSequencesAreDividedTooUnlessThereAreHardlyAny() {
    SequenceConfig config = new SequenceConfig(26, List.of(1, 2), List.of(), 20_000, 5_000, 5_000);
    Task task = new Reverse().create(config, 1, HERE);
    Map<Split, Set<String>> parts = new EnumMap<>(Split.class);
    for (Split split : Split.values()) {
      Set<String> texts = new HashSet<>();
      for (int i = 0; i < task.size(split); i++) {
        texts.add(task.source().text(task.example(split, i).source()));
      }
      assertEquals(26, texts.stream().filter(t -> t.length() == 1).count());
      parts.put(split, texts);
    }
    Set<String> all = new HashSet<>();
    parts.values().forEach(all::addAll);
    int sum = parts.values().stream().mapToInt(Set::size).sum();
    assertEquals(26 + 26 * 26, all.size());
    assertEquals(all.size() + 2 * 26, sum);
  }

  @Test
  void lengthsAreEquallyFrequentAndLongerOnesCanBeTested() {
    SequenceConfig config =
        new SequenceConfig(26, List.of(1, 10), List.of(40, 50), 20_000, 100, 100);
    Task task = new Copy().create(config, 1, HERE);
    int[] lengths = new int[11];
    for (int i = 0; i < task.size(Split.TRAIN); i++) {
      lengths[task.example(Split.TRAIN, i).source().length]++;
    }
    IntStream.rangeClosed(1, 10).forEach(l -> assertEquals(2_000, lengths[l], 200));
    for (int i = 0; i < 100; i++) {
      int length = task.example(Split.TEST, i).source().length;
      assertTrue(40 <= length && length <= 50);
    }
  }

  @Test
  void badParametersAreNamed() {
    List<Integer> length = List.of(1, 20);
    assertThrows(
        IllegalArgumentException.class, () -> new SequenceConfig(1, length, List.of(), 1, 1, 1));
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new SequenceConfig(26, List.of(0, 20), List.of(), 1, 1, 1));
    assertEquals(
        "length is [0, 20], expected [first, last] with 1 <= first <= last <= 100000",
        e.getMessage());
    e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new SequenceConfig(26, length, List.of(), 1, 0, 1));
    assertEquals("validation is 0, expected 1 or more examples", e.getMessage());
  }
}
