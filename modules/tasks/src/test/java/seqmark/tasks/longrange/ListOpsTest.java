package seqmark.tasks.longrange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
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

class ListOpsTest {
  private static final long SEED_WITH_ONE = 2;

  private static Task task(ListOps.Config config, long seed) {
    return new ListOps().create(config, seed, Path.of("."));
  }

  @Property(tries = 200)
  void expressionsAreTreesWithinTheirBounds(
      @ForAll @IntRange(min = 2, max = 8) int depth,
      @ForAll @IntRange(min = 2, max = 6) int arguments,
      @ForAll Split split,
      @ForAll long seed) {
    ListOps.Config config =
        new ListOps.Config(depth, arguments, 0.4, List.of(4, 200), 100, 100, 100);
    Task task = task(config, seed);
    Example e = task.example(split, (int) Math.floorMod(seed, 100L));
    String[] symbols = task.source().text(e.source()).split(" ");
    Deque<Integer> sizes = new ArrayDeque<>(List.of(0));
    for (String symbol : symbols) {
      if (symbol.equals("]")) {
        int size = sizes.pop();
        assertTrue(2 <= size && size <= arguments, size + " arguments");
      } else {
        sizes.push(sizes.pop() + 1);
      }
      if (symbol.startsWith("[")) {
        sizes.push(0);
        assertTrue(sizes.size() <= depth, "too deep");
      }
    }
    assertEquals(List.of(1), List.copyOf(sizes), "one closed expression");
    assertEquals(1, e.target().length);
    assertArrayEquals(new int[] {symbols.length - 1}, e.asked());
  }

  @Test
  void longRangeArenaHasItsPublishedSettings() {
    ListOps.Config lra = new ListOps().presets().get("lra");
    assertEquals(new ListOps.Config(10, 10, 0.25, List.of(501, 1999), 96_000, 2_000, 2_000), lra);
    Task task = task(lra, 1);
    assertEquals(15 + Tokens.FIRST, task.source().size());
    assertEquals(10 + Tokens.FIRST, task.target().size());
    for (int i = 0; i < 50; i++) {
      int length = task.example(Split.TEST, i).source().length;
      assertTrue(500 < length && length < 2_000, "length " + length);
    }
  }

  /** Over all pairs of digits; half of the 100 pairs have a sum that is odd, whose half is cut. */
  @ParameterizedTest
  @CsvSource({"MIN, 285", "MAX, 615", "MED, 425", "SM, 450"})
  void allPairsOfDigitsAddUpToWhatIsKnown(String operator, int sum) {
    Task task = task(new ListOps.Config(2, 2, 1, List.of(4, 4), 20_000, 500, 500), 1);
    int[] answers = new int[100];
    Arrays.fill(answers, -1);
    for (Split split : Split.values()) {
      for (int i = 0; i < task.size(split); i++) {
        Example e = task.example(split, i);
        if (task.source().symbol(e.source()[0]).equals("[" + operator)) {
          int pair = 10 * (e.source()[1] - Tokens.FIRST) + e.source()[2] - Tokens.FIRST;
          answers[pair] = e.target()[0] - Tokens.FIRST;
        }
      }
    }
    assertTrue(Arrays.stream(answers).allMatch(a -> a >= 0), "all pairs occur");
    assertEquals(sum, Arrays.stream(answers).sum());
  }

  @ParameterizedTest
  @CsvSource({
    "1, 5, 0.25, 10, 20, 'depth is 1, expected 2 to 100'",
    "4, 1, 0.25, 10, 20, 'arguments is 1, expected 2 to 100'",
    "4, 5, 0, 10, 20, 'operators is 0.0, expected above 0 and at most 1'",
    "4, 5, 0.25, 3, 20, 'length is [3, 20], expected [first, last] with 4 <= first <= last <= 100000'",
    "3, 4, 0.25, 27, 30, 'length is [27, 30], expected a first of at most 26: the longest with depth 3"
        + " and 4 arguments'"
  })
  void parametersThatCannotBe(
      int depth, int arguments, double operators, int shortest, int longest, String message) {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new ListOps.Config(
                    depth, arguments, operators, List.of(shortest, longest), 10, 10, 10));
    assertEquals(message, e.getMessage());
  }

  /** About one tree in 9,000, so that some examples take more trees than the check allows. */
  @Test
  void rareLengthsAreDrawnForAsLongAsItTakes() {
    Task task = task(new ListOps.Config(3, 3, 0.12, List.of(17, 17), 20, 20, 20), SEED_WITH_ONE);
    for (int i = 0; i < 20; i++) {
      assertEquals(17, task.example(Split.TEST, i).source().length);
    }
  }

  @Test
  void lengthsThatHardlyOccurAreToldAtOnce() {
    ListOps.Config config = new ListOps.Config(3, 10, 0.25, List.of(120, 122), 10, 10, 10);
    Exception e = assertThrows(IllegalArgumentException.class, () -> task(config, 1));
    assertEquals(
        "length is [120, 122], expected lengths that occur: of 10000 random trees with depth 3, 10"
            + " arguments and a share of operators of 0.25 none has one",
        e.getMessage());
  }
}
