package seqmark.tasks.chomsky;

import seqmark.compute.CounterRandom;
import seqmark.tasks.Example;

/**
 * The value modulo 5 of digits 0 to 4 joined by {@code +}, {@code -} and {@code *}, all equally
 * likely; {@code *} binds first, and {@code -} from left to right. A regular language.
 *
 * <p>Such strings have odd lengths: as in the paper's code, a string of an even length is one
 * symbol shorter. The blank of that code, which it never draws, is left out.
 */
public final class ModularArithmeticSimple extends Transduction {
  private static final int MODULUS = 5;
  private static final int PLUS = 5;
  private static final int TIMES = 7;

  /** For ServiceLoader. */
  public ModularArithmeticSimple() {
    super(
        "modular-arithmetic-simple",
        "the value modulo 5 of digits joined by +, - and *",
        characters("01234+-*"),
        characters("01234"),
        3);
  }

  @Override
  Example draw(int length, CounterRandom random) {
    int[] source = new int[length - 1 + length % 2];
    for (int i = 0; i < source.length; i++) {
      source[i] = i % 2 == 0 ? random.below(MODULUS, i) : PLUS + random.below(3, i);
    }
    return Example.of(source, new int[] {value(source)});
  }

  private static int value(int[] expression) {
    int sum = 0;
    int term = expression[0];
    for (int i = 1; i < expression.length; i += 2) {
      int digit = expression[i + 1];
      if (expression[i] == TIMES) {
        term = term * digit % MODULUS;
      } else {
        sum += term;
        term = expression[i] == PLUS ? digit : -digit;
      }
    }
    return Math.floorMod(sum + term, MODULUS);
  }
}
