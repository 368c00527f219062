package seqmark.tasks.mad;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import seqmark.nn.Tokens;
import seqmark.tasks.Vocabulary;

/**
 * The symbols of recall tasks: keys, values and noise, in this order, then those with a meaning of
 * their own.
 *
 * @param keys how many
 * @param values how many
 * @param noise how many
 * @param vocabulary all of them
 */
record RecallSymbols(int keys, int values, int noise, Vocabulary vocabulary) {
  private static final String BLANK = ".";
  private static final String ANNOUNCEMENT = "?";
  private static final String PADDING = "_";

  /**
   * Half of {@code ordinary} symbols are keys, the others values; one value more if it is odd.
   *
   * @param padded whether there is a symbol for padding
   */
  static RecallSymbols of(int ordinary, int noise, Questions questions, boolean padded) {
    int keys = ordinary / 2;
    int values = ordinary - keys;
    List<String> symbols = new ArrayList<>();
    symbols.addAll(numbered("k", keys).toList());
    symbols.addAll(numbered("v", values).toList());
    symbols.addAll(numbered("n", noise).toList());
    if (padded) {
      symbols.add(PADDING);
    }
    if (questions == Questions.LAST) {
      symbols.add(ANNOUNCEMENT);
    }
    if (questions != Questions.SHOWN) {
      symbols.add(BLANK);
    }
    return new RecallSymbols(keys, values, noise, new Vocabulary(symbols, " "));
  }

  private static Stream<String> numbered(String letter, int count) {
    return IntStream.range(0, count).mapToObj(i -> letter + i);
  }

  int key(int number) {
    return Tokens.FIRST + number;
  }

  int value(int number) {
    return Tokens.FIRST + keys + number;
  }

  int noise(int number) {
    return Tokens.FIRST + keys + values + number;
  }

  /** Stands in place of an answer. */
  int blank() {
    return vocabulary.id(BLANK);
  }

  /** Stands before a question. */
  int announcement() {
    return vocabulary.id(ANNOUNCEMENT);
  }

  /** Fills up what is too short. */
  int padding() {
    return vocabulary.id(PADDING);
  }
}
