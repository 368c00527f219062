package seqmark.tasks.chomsky;

import seqmark.compute.CounterRandom;
import seqmark.tasks.Example;

/**
 * The value modulo 5 of a random expression of digits 0 to 4 with {@code +}, {@code -} and {@code
 * *} in brackets: {@link Expression} says which. A deterministic context-free language.
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
