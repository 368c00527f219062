package seqmark.tasks.chomsky;

import java.math.BigInteger;
import seqmark.compute.CounterRandom;
import seqmark.tasks.Example;

/**
 * The product of two binary numbers with {@code *} between them, which are those of {@link
 * BinaryAddition}: its digits, the lowest first, without zeros at the high end, and then a full
 * stop, which counts too. A context-sensitive language.
 *
 * <p>As in the paper's code, strings of lengths 1 and 2, too short for a product, are single
 * numbers but never the highest, and their answers are {@code .} and {@code 0.}
 */
public final class BinaryMultiplication extends Transduction {
  /** For ServiceLoader. */
  public BinaryMultiplication() {
    super(
        "binary-multiplication",
        "the product of two binary numbers, lowest digit first, and a full stop",
        characters("01*"),
        characters("01."),
        7);
  }

  @Override
  Example draw(int length, CounterRandom random) {
    if (length < 3) {
      int[] answer = length == 1 ? new int[] {Operands.END} : new int[] {0, Operands.END};
      return Example.of(Operands.shortNumber(length, random), answer);
    }
    Operands operands = Operands.draw(length, random);
    BigInteger product = operands.first().multiply(operands.second());
    return Example.of(operands.source(), Operands.answer(product));
  }
}
