package seqmark.nn.decode;

import java.util.Optional;
import seqmark.nn.Tokens;

/**
 * A beginning of an output, as its last token and what came before it.
 *
 * @param before null for the empty output
 * @param token the last token
 * @param length number of tokens
 * @param logProbability of all tokens
 * @param attention where the step that made the token looked, or null
 */
record Hypothesis(
    Hypothesis before, int token, int length, double logProbability, float[] attention) {
  static final Hypothesis EMPTY = new Hypothesis(null, Tokens.BOS, 0, 0, null);

  double score(double lengthPower) {
    return logProbability / Math.pow(Math.max(1, length), lengthPower);
  }

  Generated generated() {
    Hypothesis last = token == Tokens.EOS ? before : this;
    int[] tokens = new int[last.length];
    float[][] attention = new float[last.length][];
    for (Hypothesis h = last; h.before != null; h = h.before) {
      tokens[h.length - 1] = h.token;
      attention[h.length - 1] = h.attention;
    }
    boolean attends = this.attention != null;
    return new Generated(
        tokens, logProbability, attends ? Optional.of(attention) : Optional.empty());
  }
}
