package seqmark.nn;

/** The ids that mean the same in every vocabulary. */
public final class Tokens {
  /** Fills up shorter sequences of a batch; never counts in a loss. */
  public static final int PAD = 0;

  /** The first input of a decoder. */
  public static final int BOS = 1;

  /** Ends every target. */
  public static final int EOS = 2;

  /** The first id of a task's own symbols. */
  public static final int FIRST = 3;

  private Tokens() {}
}
