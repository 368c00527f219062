package seqmark.model.memory;

import seqmark.nn.Problem;

/**
 * Settings of {@link KeyValueMemory}.
 *
 * @param width E of queries, keys and values
 * @param hops H: how often a query reads the memory
 * @param encoding of the words of a sentence, in tasks that have sentences
 * @param temporal encoding of the order of memories
 * @param context how many tokens a query, and the key of a token, is made of
 * @param dropout rate on queries and on what they read
 */
public record KeyValueMemoryConfig(
    int width, int hops, Encoding encoding, Temporal temporal, int context, double dropout) {
  /** What a config says that says nothing. */
  public static final KeyValueMemoryConfig DEFAULTS =
      new KeyValueMemoryConfig(128, 2, Encoding.POSITION, Temporal.BOTH, 4, 0.1);

  /** Checks the settings. */
  public KeyValueMemoryConfig {
    Form.check(width, hops, context, dropout);
  }

  KeyValueMemoryConfig withWidth(int width) {
    return new KeyValueMemoryConfig(width, hops, encoding, temporal, context, dropout);
  }

  Form form(Problem problem) {
    return new Form(problem, width, context, encoding, temporal, dropout);
  }
}
