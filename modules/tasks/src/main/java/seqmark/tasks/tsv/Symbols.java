package seqmark.tasks.tsv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import seqmark.tasks.Vocabulary;

/**
 * The symbols of one side, numbered as they appear, with how often training has them. The
 * vocabulary can be chosen only when all is read; numbers become its ids then.
 */
final class Symbols {
  private final Tsv.Unit unit;
  private final List<String> symbols = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private int[] frequencies = new int[1 << 10];

  Symbols(Tsv.Unit unit) {
    this.unit = unit;
  }

  /** The numbers of a text's symbols. */
  int[] add(String text, boolean training) {
    Stream<String> parts =
        switch (unit) {
          case CHARACTERS -> text.codePoints().mapToObj(Character::toString);
          case WORDS -> Stream.of(text.split("\\s+"));
        };
    int[] sequence = parts.mapToInt(this::number).toArray();
    if (training) {
      for (int number : sequence) {
        frequencies[number]++;
      }
    }
    return sequence;
  }

  private int number(String symbol) {
    Integer known = numbers.putIfAbsent(symbol, symbols.size());
    if (known != null) {
      return known;
    }
    symbols.add(symbol);
    if (symbols.size() > frequencies.length) {
      frequencies = Arrays.copyOf(frequencies, 2 * frequencies.length);
    }
    return symbols.size() - 1;
  }

  /**
   * The vocabulary: {@code <unk>} and the symbols that are most frequent in training.
   *
   * @param limit how many symbols it has at most; 0 for no limit
   */
  Vocabulary vocabulary(int limit) {
    List<String> ranked =
        IntStream.range(0, symbols.size())
            .filter(number -> frequencies[number] > 0)
            .boxed()
            .sorted(
                Comparator.<Integer>comparingInt(number -> -frequencies[number])
                    .thenComparing(symbols::get))
            .map(symbols::get)
            .filter(symbol -> !symbol.equals(Vocabulary.UNKNOWN))
            .limit(limit == 0 ? Long.MAX_VALUE : limit - 1)
            .toList();
    List<String> outside = new ArrayList<>(symbols);
    outside.removeAll(new HashSet<>(ranked));
    String separator = unit == Tsv.Unit.WORDS ? " " : "";
    return new Vocabulary(
        Stream.concat(Stream.of(Vocabulary.UNKNOWN), ranked.stream()).toList(), separator, outside);
  }

  /** The id in this vocabulary of every number, negative for symbols outside it. */
  int[] ids(Vocabulary vocabulary) {
    int[] ids = new int[symbols.size()];
    int outside = 0;
    for (int number = 0; number < ids.length; number++) {
      String symbol = symbols.get(number);
      boolean known = vocabulary.knows(symbol) && !symbol.equals(Vocabulary.UNKNOWN);
      ids[number] = known ? vocabulary.id(symbol) : --outside;
    }
    return ids;
  }
}
