package seqmark.tasks.longrange;

import java.util.Arrays;
import seqmark.compute.CounterRandom;
import seqmark.nn.Tokens;

/**
 * A random expression of {@link ListOps}, evaluated while it is written. Digits have the first ids,
 * then come the operators in the order of {@link Operator}, then the closing bracket.
 */
final class Expression {
  static final int DIGITS = 10;

  /** What is made of a list of digits. */
  enum Operator {
    MIN,
    MAX,
    MED,
    SM;

    /**
     * The result.
     *
     * @param counts how often each digit is in the list
     * @param size of the list
     */
    private int of(int[] counts, int size) {
      return switch (this) {
        case MIN -> ranked(counts, 0);
        case MAX -> ranked(counts, size - 1);
        case MED -> (ranked(counts, (size - 1) / 2) + ranked(counts, size / 2)) / 2;
        case SM -> sum(counts) % DIGITS;
      };
    }

    private static int ranked(int[] counts, int rank) {
      int digit = 0;
      for (int smaller = counts[0]; smaller <= rank; smaller += counts[digit]) {
        digit++;
      }
      return digit;
    }

    private static int sum(int[] counts) {
      int sum = 0;
      for (int digit = 1; digit < DIGITS; digit++) {
        sum += digit * counts[digit];
      }
      return sum;
    }
  }

  private static final Operator[] OPERATORS = Operator.values();
  private static final int CLOSE = Tokens.FIRST + DIGITS + OPERATORS.length;

  private final ListOps.Config config;
  private final int[] symbols;

  /** By level, how often each digit is among the arguments so far. */
  private final int[][] counts;

  private CounterRandom random;
  private long draws;
  private int length;
  private int value;

  Expression(ListOps.Config config) {
    this.config = config;
    this.symbols = new int[config.length().getLast()];
    this.counts = new int[config.depth()][DIGITS];
  }

  /** Writes another one; says whether its length is one of those that are wanted. */
  boolean draw(CounterRandom from) {
    random = from;
    draws = 0;
    length = 0;
    value = operation(1);
    return config.length().getFirst() <= length && length <= symbols.length;
  }

  /** How many symbols it has; of what is too long, how many were counted. */
  int length() {
    return length;
  }

  /** Its symbols. */
  int[] symbols() {
    return Arrays.copyOf(symbols, length);
  }

  /** Its value, 0 to 9. */
  int value() {
    return value;
  }

  private int operation(int level) {
    Operator operator = OPERATORS[random.below(OPERATORS.length, draws++)];
    put(Tokens.FIRST + DIGITS + operator.ordinal());
    int size = 2 + random.below(config.arguments() - 1, draws++);
    int[] list = counts[level];
    Arrays.fill(list, 0);
    for (int i = 0; i < size && length < symbols.length; i++) {
      list[argument(level + 1)]++;
    }
    put(CLOSE);
    return length > symbols.length ? 0 : operator.of(list, size);
  }

  private int argument(int level) {
    if (level < config.depth() && random.uniform(draws++) < config.operators()) {
      return operation(level);
    }
    int digit = random.below(DIGITS, draws++);
    put(Tokens.FIRST + digit);
    return digit;
  }

  /** What is too long is only counted. */
  private void put(int id) {
    if (length < symbols.length) {
      symbols[length] = id;
    }
    length++;
  }
}
