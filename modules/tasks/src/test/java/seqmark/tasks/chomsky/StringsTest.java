package seqmark.tasks.chomsky;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import seqmark.compute.CounterRandom;
import seqmark.nn.Tokens;
import seqmark.tasks.Example;
import seqmark.tasks.Vocabulary;

/** Which strings the tasks draw, and how often. */
class StringsTest {
  private static final int DRAWS = 6_000;

  private static Example draw(Transduction transduction, int length, long seed) {
    return transduction.draw(length, CounterRandom.seeded(seed));
  }

  private static String text(Vocabulary vocabulary, int[] symbols) {
    int[] ids = symbols.clone();
    for (int i = 0; i < ids.length; i++) {
      ids[i] += Tokens.FIRST;
    }
    return vocabulary.text(ids);
  }

  private static String source(Transduction transduction, int length, long seed) {
    return text(transduction.source(), draw(transduction, length, seed).source());
  }

  private static String target(Transduction transduction, int length, long seed) {
    return text(transduction.target(), draw(transduction, length, seed).target());
  }

  private static void assertUniform(int[] counts, int from, int to) {
    double expected = (double) DRAWS / (to - from + 1);
    for (int i = from; i <= to; i++) {
      assertEquals(expected, counts[i], 5 * Math.sqrt(expected), "at " + i);
    }
  }

  @Property
  void expressionsAreTheirGrammar(
      @ForAll @IntRange(min = 1, max = 200) int length, @ForAll long seed) {
    String rest = source(new ModularArithmetic(), length, seed).replaceAll("[0-4]", "d");
    if (length >= 5) {
      assertTrue(rest.startsWith("(") && rest.endsWith(")"), rest);
    }
    String before;
    do {
      before = rest;
      rest = rest.replaceAll("\\(-?d\\)|\\(-?[dE][-+*]-?[dE]\\)", "E");
    } while (!rest.equals(before));
    assertTrue(rest.matches("-?d|E"), rest);
  }

  @Property
  void equationsHaveOneUnknown(
      @ForAll @IntRange(min = 3, max = 200) int length, @ForAll long seed) {
    String equation = source(new SolveEquation(), length, seed);
    assertTrue(equation.matches("[-+()0-4]*x[-+()0-4]*=[0-4]"), equation);
  }

  @Property
  void sumsAndProductsEndWithAFullStopAndNoHighZero(
      @ForAll @IntRange(min = 3, max = 200) int length, @ForAll long seed) {
    for (Transduction t : new Transduction[] {new BinaryAddition(), new BinaryMultiplication()}) {
      String source = source(t, length, seed);
      assertTrue(source.matches("0*1[01]*[+*]0*1[01]*"), source);
      String target = target(t, length, seed);
      assertTrue(target.matches("[01]*1\\."), target);
    }
  }

  @Property
  void duplicatesMissOneSymbolAndEndWithABlankIfOdd(
      @ForAll @IntRange(min = 2, max = 200) int length, @ForAll long seed) {
    String source = source(new MissingDuplicate(), length, seed);
    assertTrue(source.matches("[01]*[?][01]*" + (length % 2 == 1 ? "_" : "")), source);
  }

  @Property
  void stacksComeBeforeWhatHappensToThem(
      @ForAll @IntRange(min = 2, max = 200) int length, @ForAll long seed) {
    String source = source(new StackManipulation(), length, seed);
    assertTrue(source.matches("([01] )+(pop|push-0|push-1)( (pop|push-0|push-1))*"), source);
  }

  @Test
  void operandsAndStacksOfAllSizesAreEquallyFrequent() {
    int[] operands = new int[11];
    int[] stacks = new int[11];
    for (int i = 0; i < DRAWS; i++) {
      operands[source(new BinaryAddition(), 12, i).indexOf('+')]++;
      stacks[source(new StackManipulation(), 11, i).indexOf('p') / 2]++;
    }
    assertUniform(operands, 1, 10);
    assertUniform(stacks, 1, 10);
  }

  @Test
  void leftOperandsOfAllLengthsAreEquallyFrequent() {
    int[] lengths = new int[6];
    for (int i = 0; i < DRAWS; i++) {
      String left = source(new ModularArithmetic(), 8, i).replaceAll("[0-4]", "d").substring(1);
      lengths[left.startsWith("(-d)") ? 4 : left.startsWith("(d)") ? 3 : left.indexOf('d') + 1]++;
    }
    assertUniform(lengths, 1, 4);
  }

  @Test
  void everyPlaceOfADuplicateMayBeMissing() {
    int[] places = new int[10];
    for (int i = 0; i < DRAWS; i++) {
      places[source(new MissingDuplicate(), 11, i).indexOf('?')]++;
    }
    assertUniform(places, 0, 9);
  }

  /** What the released code does with lengths that a task cannot have. */
  @Test
  void lengthsThatCannotBe() {
    assertEquals("1", source(new MissingDuplicate(), 1, 7));
    assertEquals("1", target(new MissingDuplicate(), 1, 7));
    for (int length = 1; length <= 2; length++) {
      assertEquals("0".repeat(length), source(new SolveEquation(), length, 7));
      assertEquals("0", target(new SolveEquation(), length, 7));
    }
    assertEquals("0", source(new BinaryAddition(), 1, 7));
    assertEquals("0.", target(new BinaryAddition(), 1, 7));
    assertEquals(".", target(new BinaryMultiplication(), 1, 7));
    for (int i = 0; i < 100; i++) {
      String number = source(new BinaryAddition(), 2, i);
      assertTrue(number.matches("00|10|01"), number);
      assertEquals(number.replaceFirst("0$", "") + ".", target(new BinaryAddition(), 2, i));
      assertEquals("0.", target(new BinaryMultiplication(), 2, i));
    }
  }
}
