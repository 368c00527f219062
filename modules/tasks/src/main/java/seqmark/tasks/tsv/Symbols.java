package seqmark.tasks.tsv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
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
  private long[] frequencies = new long[1 << 10];

  Symbols(Tsv.Unit unit) {
    this.unit = unit;
  }

  /** Takes in a text. */
  void add(String text, boolean training) {
    int times = training ? 1 : 0;
    unit.each(
        text,
        symbol -> {
          int number = number(symbol); // which may make the array longer
          frequencies[number] += times;
        });
  }

  private int number(String symbol) {
    Integer known = numbers.get(symbol);
    if (known != null) {
      return known;
    }
    numbers.put(symbol, symbols.size());
    symbols.add(symbol);
    if (symbols.size() > frequencies.length) {
      frequencies = Arrays.copyOf(frequencies, 2 * frequencies.length);
    }
    return symbols.size() - 1;
  }

  /**
   * The ids of all symbols, in the vocabulary of {@code <unk>} and those that are most frequent in
   * training. Ends this object, which gives its memory to them.
   *
   * @param limit how many symbols the vocabulary has at most; 0 for no limit
   */
  Alphabet alphabet(int limit) {
    BitSet inside = new BitSet(symbols.size());
    List<String> ranked =
        IntStream.range(0, symbols.size())
            .filter(number -> frequencies[number] > 0)
            .filter(number -> !symbols.get(number).equals(Vocabulary.UNKNOWN))
            .boxed()
            .sorted(
                Comparator.<Integer>comparingLong(number -> -frequencies[number])
                    .thenComparing(symbols::get))
            .limit(limit == 0 ? Long.MAX_VALUE : limit - 1)
            .peek(inside::set)
            .map(symbols::get)
            .toList();
    List<String> outside =
        IntStream.range(0, symbols.size())
            .filter(number -> !inside.get(number))
            .mapToObj(symbols::get)
            .toList();
    Vocabulary vocabulary =
        new Vocabulary(
            Stream.concat(Stream.of(Vocabulary.UNKNOWN), ranked.stream()).toList(),
            unit == Tsv.Unit.WORDS ? " " : "",
            outside);
    ranked.forEach(symbol -> numbers.put(symbol, vocabulary.id(symbol)));
    IntStream.range(0, outside.size()).forEach(i -> numbers.put(outside.get(i), -1 - i));
    return new Alphabet(unit, vocabulary, numbers);
  }
}
