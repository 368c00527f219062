package seqmark.model.memory;

import java.util.Locale;
import seqmark.nn.Problem;

/**
 * Settings of {@link MemoryNetwork}.
 *
 * @param width E of queries and memories
 * @param hops K: how often a query reads the memory
 * @param tying which matrices are the same
 * @param encoding of the words of a sentence, in tasks that have sentences
 * @param temporal encoding of the order of memories
 * @param context how many of the last target tokens a query is made of
 * @param dropout rate on queries and on what they read; the paper has none
 */
public record MemoryNetworkConfig(
    int width,
    int hops,
    Tying tying,
    Encoding encoding,
    Temporal temporal,
    int context,
    double dropout) {
  /** What a config says that says nothing. */
  public static final MemoryNetworkConfig DEFAULTS =
      new MemoryNetworkConfig(128, 3, Tying.ADJACENT, Encoding.POSITION, Temporal.BOTH, 4, 0.1);

  /** Which matrices are the same; section 2.2. */
  public enum Tying {
    /** What one hop reads by is what the next compares by. */
    ADJACENT,
    /** Every hop has the same matrices, as a recurrent net's steps do. */
    LAYER_WISE;

    /** The name in configs. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Checks the settings. */
  public MemoryNetworkConfig {
    Form.check(width, hops, context, dropout);
  }

  MemoryNetworkConfig withWidth(int width) {
    return new MemoryNetworkConfig(width, hops, tying, encoding, temporal, context, dropout);
  }

  Form form(Problem problem) {
    return new Form(problem, width, context, encoding, temporal, dropout);
  }
}
