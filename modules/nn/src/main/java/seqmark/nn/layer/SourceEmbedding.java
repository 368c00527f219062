package seqmark.nn.layer;

import static seqmark.compute.Ops.transpose;

import java.util.Optional;
import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Value;
import seqmark.nn.Problem;
import seqmark.nn.Source;

/**
 * A vector per source position: that of its token plus, in tasks that have them, a linear map of
 * its features.
 *
 * @param tokens vectors of ids
 * @param features the map {@code [F, E]} of feature vectors
 */
public record SourceEmbedding(Embedding tokens, Optional<Linear> features) {
  /** An embedding of a task's sources whose table starts as told. */
  public static SourceEmbedding of(Graph g, String name, Problem problem, int width, Init init) {
    return new SourceEmbedding(
        Embedding.of(g, name, problem.sourceVocabulary(), width, init),
        problem.features() == 0
            ? Optional.empty()
            : Optional.of(Linear.unbiased(g, name + ".features", problem.features(), width)));
  }

  /** The vectors {@code [B, S, E]} of a source. */
  public Value apply(Source source) {
    return apply(source.tokens(), source.features());
  }

  /** The vectors {@code [S, B, E]} of a source, as recurrent nets read it. */
  public Value timeFirst(Source source) {
    return apply(
        transpose(source.tokens(), 1, 0), source.features().map(f -> transpose(f, 1, 0, 2)));
  }

  private Value apply(Value ids, Optional<Value> vectors) {
    Value embedded = tokens.apply(ids);
    return features.map(map -> map.addTo(embedded, vectors.orElseThrow())).orElse(embedded);
  }
}
