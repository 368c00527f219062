package seqmark.tasks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import seqmark.nn.Tokens;

/**
 * Symbols and their ids; the first ids are the special {@link Tokens}.
 *
 * <p>Where data has symbols that models shall not tell apart, {@link #UNKNOWN} is one of the
 * vocabulary's symbols and stands for them. References keep these symbols, as negative ids: no
 * output equals them, and they can be read.
 */
public final class Vocabulary {
  /** The symbol that stands for all symbols outside the vocabulary. */
  public static final String UNKNOWN = "<unk>";

  private final List<String> symbols;
  private final List<String> outside;
  private final String separator;
  private final Map<String, Integer> ids = new HashMap<>();

  /**
   * A vocabulary of these symbols, which get the ids from {@link Tokens#FIRST} on.
   *
   * @param separator what stands between symbols in readable text: empty for characters, a space
   *     for words
   */
  public Vocabulary(List<String> symbols, String separator) {
    this(symbols, separator, List.of());
  }

  /**
   * A vocabulary with symbols outside it, which get the ids -1, -2 and so on.
   *
   * @param separator what stands between symbols in readable text
   */
  public Vocabulary(List<String> symbols, String separator, List<String> outside) {
    this.symbols = List.copyOf(symbols);
    this.outside = List.copyOf(outside);
    this.separator = separator;
    for (String s : this.symbols) {
      if (ids.put(s, Tokens.FIRST + ids.size()) != null) {
        throw new IllegalArgumentException("vocabulary: symbol '" + s + "' occurs twice");
      }
    }
  }

  /** The number of ids, special tokens included. */
  public int size() {
    return Tokens.FIRST + symbols.size();
  }

  /**
   * The id of a symbol: that of {@link #UNKNOWN} if it has none.
   *
   * @throws IllegalArgumentException if it has none and the vocabulary has no {@link #UNKNOWN}
   */
  public int id(String symbol) {
    Integer id = ids.getOrDefault(symbol, ids.get(UNKNOWN));
    if (id == null) {
      throw new IllegalArgumentException("vocabulary: unknown symbol '" + symbol + "'");
    }
    return id;
  }

  /** Whether a symbol has an id. */
  public boolean knows(String symbol) {
    return ids.containsKey(symbol);
  }

  /** The symbol of an id; special tokens in angle brackets. */
  public String symbol(int id) {
    return switch (id) {
      case Tokens.PAD -> "<pad>";
      case Tokens.BOS -> "<s>";
      case Tokens.EOS -> "</s>";
      default -> id < 0 ? outside.get(-1 - id) : symbols.get(id - Tokens.FIRST);
    };
  }

  /**
   * Text as ids: its characters (code points), or its words if symbols are separated.
   *
   * @throws IllegalArgumentException as {@link #id} does
   */
  public int[] ids(String text) {
    if (!separator.isEmpty()) {
      return Stream.of(text.strip().split("\\s+")).mapToInt(this::id).toArray();
    }
    int[] characters = text.codePoints().toArray();
    for (int i = 0; i < characters.length; i++) {
      characters[i] = id(Character.toString(characters[i]));
    }
    return characters;
  }

  /** Ids as readable text. */
  public String text(int[] sequence) {
    return IntStream.of(sequence).mapToObj(this::symbol).collect(Collectors.joining(separator));
  }
}
