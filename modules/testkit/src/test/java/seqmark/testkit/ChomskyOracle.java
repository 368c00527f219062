package seqmark.testkit;

import java.math.BigInteger;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import seqmark.tasks.chomsky.BinaryAddition;
import seqmark.tasks.chomsky.BinaryMultiplication;
import seqmark.tasks.chomsky.BucketSort;
import seqmark.tasks.chomsky.ComputeSqrt;
import seqmark.tasks.chomsky.CycleNavigation;
import seqmark.tasks.chomsky.DuplicateString;
import seqmark.tasks.chomsky.EvenPairs;
import seqmark.tasks.chomsky.MissingDuplicate;
import seqmark.tasks.chomsky.ModularArithmetic;
import seqmark.tasks.chomsky.ModularArithmeticSimple;
import seqmark.tasks.chomsky.OddsFirst;
import seqmark.tasks.chomsky.ParityCheck;
import seqmark.tasks.chomsky.ReverseString;
import seqmark.tasks.chomsky.SolveEquation;
import seqmark.tasks.chomsky.StackManipulation;
import seqmark.tasks.chomsky.Transduction;

/** Every task of length generalisation, answered from its text in another way than its own. */
enum ChomskyOracle {
  EVEN_PAIRS(new EvenPairs(), 7, s -> s.charAt(0) == s.charAt(s.length() - 1) ? "0" : "1"),
  PARITY_CHECK(new ParityCheck(), 7, s -> "" + new BigInteger(s, 2).bitCount() % 2),
  CYCLE_NAVIGATION(
      new CycleNavigation(), 5, s -> "" + Math.floorMod(count(s, '+') - count(s, '-'), 5)),
  MODULAR_ARITHMETIC_SIMPLE(
      new ModularArithmeticSimple(), 3, s -> "" + new ModularParser(s).value()),
  STACK_MANIPULATION(new StackManipulation(), 4, ChomskyOracle::stackFromItsEnd),
  REVERSE_STRING(new ReverseString(), 7, s -> new StringBuilder(s).reverse().toString()),
  MODULAR_ARITHMETIC(new ModularArithmetic(), 7, s -> "" + new ModularParser(s).value()),
  SOLVE_EQUATION(new SolveEquation(), 8, ChomskyOracle::theOnlySolution),
  DUPLICATE_STRING(new DuplicateString(), 7, s -> s.repeat(2)),
  MISSING_DUPLICATE(new MissingDuplicate(), 9, ChomskyOracle::whatMakesADuplicate),
  ODDS_FIRST(new OddsFirst(), 7, s -> s.replaceAll("(.).?", "$1") + s.replaceAll(".(.?)", "$1")),
  BINARY_ADDITION(new BinaryAddition(), 7, ChomskyOracle::sum),
  BINARY_MULTIPLICATION(new BinaryMultiplication(), 7, ChomskyOracle::product),
  COMPUTE_SQRT(new ComputeSqrt(), 8, ChomskyOracle::rootBitByBit),
  BUCKET_SORT(new BucketSort(), 3, ChomskyOracle::buckets);

  final Transduction transduction;

  /** The longest length of which parts may share strings. */
  final int longestShared;

  private final UnaryOperator<String> answer;

  ChomskyOracle(Transduction transduction, int longestShared, UnaryOperator<String> answer) {
    this.transduction = transduction;
    this.longestShared = longestShared;
    this.answer = answer;
  }

  String answer(String source) {
    return answer.apply(source);
  }

  private static int count(String text, char symbol) {
    return (int) text.chars().filter(c -> c == symbol).count();
  }

  /** Reads backwards: a symbol stays unless a later pop that is still open takes it. */
  private static String stackFromItsEnd(String text) {
    StringBuilder left = new StringBuilder();
    int pops = 0;
    for (String word : List.of(text.split(" ")).reversed()) {
      if (word.equals("pop")) {
        pops++;
      } else if (pops > 0) {
        pops--;
      } else {
        left.append(word.charAt(word.length() - 1));
      }
    }
    return left.append('.').toString();
  }

  private static String theOnlySolution(String text) {
    if (text.length() < 3) {
      return "0";
    }
    String[] sides = text.split("=");
    int right = new ModularParser(sides[1]).value();
    List<String> solutions =
        IntStream.range(0, 5)
            .mapToObj(Integer::toString)
            .filter(x -> new ModularParser(sides[0].replace("x", x)).value() == right)
            .toList();
    return String.join(" or ", solutions);
  }

  private static String whatMakesADuplicate(String text) {
    return text.length() == 1 || text.replace('?', '1').matches("(.+)\\1_?") ? "1" : "0";
  }

  private static String sum(String text) {
    String[] numbers = text.split("\\+");
    return withoutHighZeros(numbers.length == 1 ? text : added(numbers[0], numbers[1])) + ".";
  }

  private static String product(String text) {
    String[] numbers = text.split("\\*");
    if (numbers.length == 1) {
      return text.length() == 1 ? "." : "0.";
    }
    String product = "";
    for (int i = 0; i < numbers[1].length(); i++) {
      if (numbers[1].charAt(i) == '1') {
        product = added(product, "0".repeat(i) + numbers[0]);
      }
    }
    return withoutHighZeros(product) + ".";
  }

  /** Digit by digit with a carry, the lowest first. */
  private static String added(String first, String second) {
    StringBuilder sum = new StringBuilder();
    int carry = 0;
    for (int i = 0; i < Math.max(first.length(), second.length()) || carry > 0; i++) {
      int column = digit(first, i) + digit(second, i) + carry;
      sum.append(column % 2);
      carry = column / 2;
    }
    return sum.toString();
  }

  private static int digit(String number, int place) {
    return place < number.length() ? number.charAt(place) - '0' : 0;
  }

  private static String withoutHighZeros(String number) {
    return number.replaceAll("(?<=.)0+$", "");
  }

  /** From the highest: a bit stays if the square is not too much. */
  private static String rootBitByBit(String text) {
    BigInteger number = new BigInteger(text, 2);
    int length = (text.length() + 1) / 2;
    StringBuilder digits = new StringBuilder();
    BigInteger root = BigInteger.ZERO;
    for (int bit = length - 1; bit >= 0; bit--) {
      BigInteger more = root.setBit(bit);
      boolean fits = more.multiply(more).compareTo(number) <= 0;
      root = fits ? more : root;
      digits.append(fits ? '1' : '0');
    }
    return digits.toString();
  }

  private static String buckets(String text) {
    StringBuilder sorted = new StringBuilder();
    for (char symbol : "01234".toCharArray()) {
      sorted.repeat(symbol, count(text, symbol));
    }
    return sorted.toString();
  }
}
