package seqmark.tasks.chomsky;

import seqmark.compute.CounterRandom;

/**
 * A random expression of an exact length by the grammar of {@link ModularArithmetic}. Its symbols
 * are {@code 01234+-()}, numbered from 0, and behind them {@code *} where it is one of the
 * operators.
 */
final class Expression {
  static final int MODULUS = 5;

  /** The operators + and -. */
  static final int PLUS_MINUS = 2;

  /** The operators +, - and *. */
  static final int PLUS_MINUS_TIMES = 3;

  private static final int PLUS = 5;
  private static final int MINUS = 6;
  private static final int OPEN = 7;
  private static final int CLOSE = 8;
  private static final int TIMES = 9;
  private static final int[] OPERATORS = {PLUS, MINUS, TIMES};

  private final int operators;
  private final CounterRandom random;
  private final int[] symbols;
  private final int value;
  private int written;
  private long drawn;

  /**
   * Draws an expression.
   *
   * @param operators {@link #PLUS_MINUS} or {@link #PLUS_MINUS_TIMES}
   */
  Expression(int length, int operators, CounterRandom random) {
    this.operators = operators;
    this.random = random;
    this.symbols = new int[length];
    this.value = write(length);
  }

  int[] symbols() {
    return symbols;
  }

  /** The value, 0 to 4. */
  int value() {
    return value;
  }

  private int write(int length) {
    if (length <= 2) {
      return digit(length == 2);
    }
    symbols[written++] = OPEN;
    int inside = length <= 4 ? digit(length == 4) : operation(length - 3);
    symbols[written++] = CLOSE;
    return inside;
  }

  private int digit(boolean negative) {
    if (negative) {
      symbols[written++] = MINUS;
    }
    int digit = below(MODULUS);
    symbols[written++] = digit;
    return negative ? (MODULUS - digit) % MODULUS : digit;
  }

  private int operation(int lengths) {
    int leftLength = 1 + below(lengths - 1);
    int left = write(leftLength);
    int operator = OPERATORS[below(operators)];
    symbols[written++] = operator;
    int right = write(lengths - leftLength);
    return switch (operator) {
      case PLUS -> (left + right) % MODULUS;
      case MINUS -> (left - right + MODULUS) % MODULUS;
      default -> left * right % MODULUS;
    };
  }

  private int below(int bound) {
    return random.below(bound, drawn++);
  }
}
