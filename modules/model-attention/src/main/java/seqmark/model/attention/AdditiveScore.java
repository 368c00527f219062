package seqmark.model.attention;

import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Ops;
import seqmark.compute.Value;
import seqmark.nn.layer.Linear;

/**
 * {@code v · tanh(W q + k)} for keys projected beforehand (Bahdanau et al. 2014, appendix A.1.2;
 * Luong et al. 2015, equation 8, "concat").
 *
 * @param query W, without a bias: the keys have one
 * @param vector v {@code [A]}
 */
record AdditiveScore(Linear query, Value vector) {
  static AdditiveScore of(Graph g, int hidden, int width) {
    return new AdditiveScore(
        Linear.unbiased(g, "attention.query", hidden, width),
        g.parameter("attention.vector", Init.uniform(1 / Math.sqrt(width)), width));
  }

  /** Scores {@code [B, S]} of a query {@code [B, H]} with keys {@code [B, S, A]}. */
  Value apply(Value q, Value keys) {
    return Ops.attentionAdditive(query.apply(q), keys, vector);
  }
}
