package seqmark.tasks.chomsky;

import java.math.BigInteger;
import seqmark.compute.CounterRandom;

/**
 * A string of two binary numbers and the operator between them, as in {@link BinaryAddition};
 * arrays of digits have the lowest first.
 */
record Operands(int[] source, BigInteger first, BigInteger second) {
  /** The full stop behind an answer. */
  static final int END = 2;

  private static final int OPERATOR = 2;

  /** Draws a string of 3 symbols or more. */
  static Operands draw(int length, CounterRandom random) {
    int firstLength = 1 + random.fork("split").below(length - 2, 0);
    int secondLength = length - 1 - firstLength;
    int[] first = positive(firstLength, random.fork("first"));
    int[] second = positive(secondLength, random.fork("second"));
    int[] source = new int[length];
    System.arraycopy(first, 0, source, 0, firstLength);
    source[firstLength] = OPERATOR;
    System.arraycopy(second, 0, source, firstLength + 1, secondLength);
    return new Operands(source, value(first), value(second));
  }

  /** A number of 1 or 2 digits that is not the highest, all others equally likely. */
  static int[] shortNumber(int length, CounterRandom random) {
    int number = random.below((1 << length) - 1, 0);
    return length == 1 ? new int[] {number} : new int[] {number & 1, number >> 1};
  }

  /** A number above zero, all equally likely. */
  static int[] positive(int length, CounterRandom random) {
    for (int attempt = 0; ; attempt++) {
      int[] digits = Transduction.uniform(2, length, random.fork(attempt));
      for (int digit : digits) {
        if (digit == 1) {
          return digits;
        }
      }
    }
  }

  static BigInteger value(int[] digits) {
    byte[] highestFirst = new byte[(digits.length + 7) / 8];
    for (int i = 0; i < digits.length; i++) {
      highestFirst[highestFirst.length - 1 - i / 8] |= (byte) (digits[i] << i % 8);
    }
    return new BigInteger(1, highestFirst);
  }

  /** The digits of a number, a single 0 for zero, and {@link #END}. */
  static int[] answer(BigInteger number) {
    int length = Math.max(1, number.bitLength());
    int[] answer = new int[length + 1];
    for (int i = 0; i < length; i++) {
      answer[i] = number.testBit(i) ? 1 : 0;
    }
    answer[length] = END;
    return answer;
  }
}
