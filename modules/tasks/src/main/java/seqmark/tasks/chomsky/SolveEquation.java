package seqmark.tasks.chomsky;

import java.util.Arrays;
import seqmark.compute.CounterRandom;
import seqmark.tasks.Example;

/**
 * The x, 0 to 4, that solves an equation modulo 5: a random expression as in {@link
 * ModularArithmetic}, but without {@code *}, with x in the place of one digit, then {@code =} and
 * its value. There is always exactly one. A deterministic context-free language.
 *
 * <p>As in the paper's code, x stands at a random place or at the next digit behind it, going on at
 * the start behind the end; and strings of lengths 1 and 2, too short for an equation, are zeros
 * with the answer 0.
 */
public final class SolveEquation extends Transduction {
  private static final int X = 9;
  private static final int EQUALS = 10;

  /** For ServiceLoader. */
  public SolveEquation() {
    super(
        "solve-equation",
        "the x that solves an equation with brackets modulo 5",
        characters("01234+-()x="),
        characters("01234"),
        8);
  }

  @Override
  Example draw(int length, CounterRandom random) {
    if (length < 3) {
      return Example.of(new int[length], new int[1]);
    }
    int left = length - 2;
    Expression expression = new Expression(left, Expression.PLUS_MINUS, random);
    int[] source = Arrays.copyOf(expression.symbols(), length);
    int place = random.fork("x").below(left, 0);
    while (source[place] >= Expression.MODULUS) {
      place = (place + 1) % left;
    }
    int solution = source[place];
    source[place] = X;
    source[left] = EQUALS;
    source[left + 1] = expression.value();
    return Example.of(source, new int[] {solution});
  }
}
