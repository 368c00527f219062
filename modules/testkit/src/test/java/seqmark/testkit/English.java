package seqmark.testkit;

import java.util.List;

/** English words for numbers below a million, written here once more to check others by. */
final class English {
  private static final List<String> SMALL =
      List.of(
          "zero",
          "one",
          "two",
          "three",
          "four",
          "five",
          "six",
          "seven",
          "eight",
          "nine",
          "ten",
          "eleven",
          "twelve",
          "thirteen",
          "fourteen",
          "fifteen",
          "sixteen",
          "seventeen",
          "eighteen",
          "nineteen");
  private static final List<String> TENS =
      List.of("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety");

  private English() {}

  static String write(int number) {
    if (number < 20) {
      return SMALL.get(number);
    }
    if (number < 100) {
      return TENS.get(number / 10) + rest("-", number % 10);
    }
    if (number < 1_000) {
      return write(number / 100) + " hundred" + rest(" ", number % 100);
    }
    return write(number / 1_000) + " thousand" + rest(" ", number % 1_000);
  }

  private static String rest(String between, int number) {
    return number == 0 ? "" : between + write(number);
  }

  static int read(String words) {
    int thousands = 0;
    int sum = 0;
    for (String word : words.split("[ -]")) {
      if (word.equals("thousand")) {
        thousands = sum;
        sum = 0;
      } else if (word.equals("hundred")) {
        sum *= 100;
      } else {
        sum += SMALL.contains(word) ? SMALL.indexOf(word) : 10 * TENS.indexOf(word);
      }
    }
    return 1_000 * thousands + sum;
  }
}
