package seqmark.tasks.chomsky;

import java.math.BigInteger;
import seqmark.compute.CounterRandom;
import seqmark.tasks.Example;

/**
 * The sum of two binary numbers with {@code +} between them, all with the lowest digit first: its
 * digits without zeros at the high end, and then a full stop, which counts too. A context-sensitive
 * language.
 *
 * <p>As in the paper's code, the first number has 1 to {@code length - 2} digits, all equally
 * likely, and the second has the rest; both are uniform among the numbers above zero with no more
 * digits than these. Strings of lengths 1 and 2, too short for a sum, are single numbers but never
 * the highest, to be given without zeros at the high end.
 */
public final class BinaryAddition extends Transduction {
  /** For ServiceLoader. */
  public BinaryAddition() {
    super(
        "binary-addition",
        "the sum of two binary numbers, lowest digit first, and a full stop",
        characters("01+"),
        characters("01."),
        7);
  }

  @Override
  Example draw(int length, CounterRandom random) {
    if (length < 3) {
      int[] number = Operands.shortNumber(length, random);
      return Example.of(number, Operands.answer(Operands.value(number)));
    }
    Operands operands = Operands.draw(length, random);
    BigInteger sum = operands.first().add(operands.second());
    return Example.of(operands.source(), Operands.answer(sum));
  }
}
