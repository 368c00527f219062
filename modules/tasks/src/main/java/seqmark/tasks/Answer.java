package seqmark.tasks;

/**
 * What a model answered to an example.
 *
 * @param tokens ids without special tokens
 * @param nats the negative log-likelihood that the model gives the example's target, its end token
 *     left out; NaN unless a metric {@link Metric#needsLikelihood needs it}
 */
public record Answer(int[] tokens, double nats) {
  /** An answer of tokens whose likelihood nobody asks for. */
  public static Answer of(int... tokens) {
    return new Answer(tokens, Double.NaN);
  }
}
