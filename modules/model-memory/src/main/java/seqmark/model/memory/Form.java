package seqmark.model.memory;

import seqmark.compute.Init;
import seqmark.nn.Problem;
import seqmark.nn.Setting;

/**
 * What the models of this module have in common: extents and ways of encoding.
 *
 * @param problem the task's extents
 * @param width E of queries and memories
 * @param context how many of the last tokens a query is made of
 * @param encoding of the words of a sentence
 * @param temporal encoding of the order of memories
 * @param dropout rate on queries and on what they read
 */
record Form(
    Problem problem, int width, int context, Encoding encoding, Temporal temporal, double dropout) {
  /** The start of all tables in the paper, section 4.2. */
  static final Init START = Init.normal(0.1);

  static void check(int width, int hops, int context, double dropout) {
    Setting.within(1, Setting.WIDEST, "width", width);
    Setting.within(1, Setting.MOST, "hops", hops);
    Setting.within(1, Setting.MOST, "context", context);
    Setting.rate("dropout", dropout);
  }

  /** Whether a memory is a sentence, not a token. */
  boolean sentences() {
    return problem.sentenceEnd() != 0;
  }

  /** Inputs of the target side: the target behind a start token. */
  int capacity() {
    return problem.maxTargetLength() + 1;
  }

  /**
   * Checks that there is a vector for every position of a source or a target.
   *
   * @throws IllegalArgumentException if it is longer than the tables are
   */
  static void requireRoom(String side, int length, int room) {
    if (length > room) {
      throw new IllegalArgumentException(
          "memory: built for %s of up to %d tokens, found %d: set the task's longest length to it"
              .formatted(side, room, length));
    }
  }
}
