package seqmark.tasks.chomsky;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import seqmark.compute.CounterRandom;
import seqmark.nn.Tokens;
import seqmark.tasks.Drawing;
import seqmark.tasks.Example;
import seqmark.tasks.Split;
import seqmark.tasks.Task;

class TransductionTest {
  private static final Path HERE = Path.of(".");
  private static final Map<String, Transduction> BY_ID =
      Stream.of(
              new EvenPairs(),
              new ParityCheck(),
              new CycleNavigation(),
              new ModularArithmeticSimple(),
              new StackManipulation(),
              new ReverseString(),
              new ModularArithmetic(),
              new SolveEquation(),
              new DuplicateString(),
              new MissingDuplicate(),
              new OddsFirst(),
              new BinaryAddition(),
              new BinaryMultiplication(),
              new ComputeSqrt(),
              new BucketSort())
          .collect(Collectors.toMap(Transduction::id, Function.identity()));

  @Provide
  static Arbitrary<Transduction> transductions() {
    return Arbitraries.of(BY_ID.values());
  }

  @Test
  void thereAreFifteen() {
    assertEquals(15, BY_ID.size());
  }

  /** The sizes of the released code, without the blank and the x that it gives codes but no use. */
  @ParameterizedTest
  @CsvSource({
    "even-pairs, 2, 2",
    "parity-check, 2, 2",
    "cycle-navigation, 3, 5",
    "modular-arithmetic-simple, 8, 5",
    "stack-manipulation, 5, 3",
    "reverse-string, 2, 2",
    "modular-arithmetic, 10, 5",
    "solve-equation, 11, 5",
    "duplicate-string, 2, 2",
    "missing-duplicate, 4, 2",
    "odds-first, 2, 2",
    "binary-addition, 3, 3",
    "binary-multiplication, 3, 3",
    "compute-sqrt, 2, 2",
    "bucket-sort, 5, 5"
  })
  void alphabetsAreThoseOfThePaperAndAllOfThemIsUsed(String id, int sources, int targets) {
    Transduction transduction = BY_ID.get(id);
    assertEquals(Tokens.FIRST + sources, transduction.source().size());
    assertEquals(Tokens.FIRST + targets, transduction.target().size());
    Set<Integer> read = new HashSet<>();
    Set<Integer> written = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      Example example = transduction.draw(20 + i % 2, CounterRandom.seeded(i));
      for (int symbol : example.source()) {
        read.add(symbol);
      }
      for (int symbol : example.target()) {
        written.add(symbol);
      }
    }
    assertEquals(sources, read.size());
    assertEquals(targets, written.size());
  }

  @Property
  void lengthsAreThoseThatTheTaskSays(
      @ForAll("transductions") Transduction transduction,
      @ForAll @IntRange(min = 1, max = 200) int length,
      @ForAll long seed) {
    Example example = transduction.draw(length, CounterRandom.seeded(seed));
    boolean odd = transduction instanceof ModularArithmeticSimple;
    assertEquals(odd ? length - 1 + length % 2 : length, example.source().length);
    int longest =
        switch (transduction) {
          case ReverseString t -> length;
          case OddsFirst t -> length;
          case BucketSort t -> length;
          case DuplicateString t -> 2 * length;
          case ComputeSqrt t -> (length + 1) / 2;
          case StackManipulation t -> length + 1;
          case BinaryAddition t -> length + 1;
          case BinaryMultiplication t -> length;
          default -> 1;
        };
    boolean shorter = transduction.target().knows(".");
    int actual = example.target().length;
    assertTrue(actual == longest || shorter && 1 <= actual && actual < longest);
  }

  /** Counts the different strings of the longest length that parts share, and of the next one. */
  @Property
  void partsShareTheLengthsWithFewStringsAndNoOthers(
      @ForAll("transductions") Transduction transduction) {
    int longest = 1;
    while (transduction.isShared(new int[longest + 1])) {
      longest++;
    }
    assertTrue(different(transduction, longest) < Drawing.DIVIDED_FROM);
    boolean odd = transduction instanceof ModularArithmeticSimple;
    assertTrue(different(transduction, longest + (odd ? 2 : 1)) >= Drawing.DIVIDED_FROM);
  }

  private static int different(Transduction transduction, int length) {
    Set<String> strings = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      Example example = transduction.draw(length, CounterRandom.seeded(i));
      assertEquals(length, example.source().length);
      strings.add(Arrays.toString(example.source()));
    }
    return strings.size();
  }

  @Property(tries = 100)
  void trainingStringsAreShortAndTestStringsLong(
      @ForAll("transductions") Transduction transduction, @ForAll long seed) {
    Task task = transduction.create(transduction.defaults(), seed, HERE);
    int odd = transduction instanceof ModularArithmeticSimple ? 1 : 0;
    for (int i = 0; i < 50; i++) {
      int train = task.example(Split.TRAIN, i).source().length;
      int validation = task.example(Split.VALIDATION, i).source().length;
      int test = task.example(Split.TEST, i).source().length;
      assertTrue(1 <= train && train <= 40, () -> "train " + train);
      assertTrue(1 <= validation && validation <= 40, () -> "validation " + validation);
      assertTrue(41 <= test && test <= 500 - odd, () -> "test " + test);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', 1, 40, 41, 500, 50000, 1000, 2000",
    "deepmind, 1, 40, 41, 500, 1000000, 1000, 4600",
    "small, 1, 20, 21, 60, 20000, 500, 1000"
  })
  void settings(
      String preset, int min, int max, int testMin, int testMax, int train, int valid, int test) {
    LengthConfig expected =
        new LengthConfig(List.of(min, max), List.of(testMin, testMax), train, valid, test);
    for (Transduction t : BY_ID.values()) {
      assertEquals(expected, preset.isEmpty() ? t.defaults() : t.presets().get(preset));
      assertEquals(List.of("deepmind", "small"), List.copyOf(t.presets().keySet()));
    }
  }

  @Test
  void badParametersAreNamed() {
    List<Integer> fine = List.of(1, 40);
    assertSays(
        "length is [0, 40], expected [first, last] with 1 <= first <= last <= 10000",
        List.of(0, 40),
        fine,
        1);
    assertSays(
        "testLength is [41, 40], expected [first, last] with 1 <= first <= last <= 10000",
        fine,
        List.of(41, 40),
        1);
    assertSays("test is 0, expected 1 or more examples", fine, List.of(), 0);
  }

  private static void assertSays(
      String message, List<Integer> length, List<Integer> testLength, int test) {
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> new LengthConfig(length, testLength, 1, 1, test));
    assertEquals(message, e.getMessage());
  }
}
