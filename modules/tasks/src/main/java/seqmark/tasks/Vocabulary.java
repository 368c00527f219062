package seqmark.tasks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import seqmark.nn.Tokens;

/** Symbols and their ids; the first ids are the special {@link Tokens}. */
public final class Vocabulary {
  private final List<String> symbols;
  private final String separator;
  private final Map<String, Integer> ids = new HashMap<>();

  /**
   * A vocabulary of these symbols, which get the ids from {@link Tokens#FIRST} on.
   *
   * @param separator what stands between symbols in readable text: empty for characters
   */
  public Vocabulary(List<String> symbols, String separator) {
    this.symbols = List.copyOf(symbols);
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
   * The id of a symbol.
   *
   * @throws IllegalArgumentException if it is not known
   */
  public int id(String symbol) {
    Integer id = ids.get(symbol);
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
      default -> symbols.get(id - Tokens.FIRST);
    };
  }

  /** Ids as readable text. */
  public String text(int[] sequence) {
    return IntStream.of(sequence).mapToObj(this::symbol).collect(Collectors.joining(separator));
  }
}
