package seqmark.tasks.chomsky;

import seqmark.compute.CounterRandom;
import seqmark.tasks.Example;

/**
 * The value modulo 5 of a random expression in brackets. A deterministic context-free language.
 *
 * <p>As in the paper's code, with d for a digit 0 to 4: expressions of the lengths 1 to 4 are
 * {@code d}, {@code -d}, {@code (d)} and {@code (-d)}; longer ones are {@code (left operator
 * right)} with {@code +}, {@code -} or {@code *}, and all lengths that leave something to the right
 * are equally likely for the left. Digits and operators are uniform.
 */
public final class ModularArithmetic extends Transduction {
  /** For ServiceLoader. */
  public ModularArithmetic() {
    super(
        "modular-arithmetic",
        "the value modulo 5 of an expression with brackets",
        characters("01234+-()*"),
        characters("01234"),
        7);
  }

  @Override
  Example draw(int length, CounterRandom random) {
    Expression expression = new Expression(length, Expression.PLUS_MINUS_TIMES, random);
    return Example.of(expression.symbols(), new int[] {expression.value()});
  }
}
