package seqmark.nn;

import seqmark.compute.Value;

/**
 * The source side of a batch.
 *
 * @param tokens ids {@code [B, S]}, padded with {@link Tokens#PAD} at the end
 * @param mask {@code [B, S]}: 1 for tokens, 0 for padding
 */
public record Source(Value tokens, Value mask) {
  /** The number of sequences. */
  public int batch() {
    return tokens.shape().dim(0);
  }

  /** The padded length. */
  public int length() {
    return tokens.shape().dim(1);
  }
}
