package seqmark.nn;

import java.util.List;
import java.util.Optional;
import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Ops;
import seqmark.compute.Value;

/**
 * A first-order Markov chain: the next token's logits are the row of the last token in a table. The
 * source only matters by its first token, which is added as a bias.
 *
 * @param vocabulary of source and target
 */
public record ToyModel(int vocabulary) implements SequenceModel {
  @Override
  public Value logits(Graph g, Batch batch) {
    Value bias = begin(g, batch.source()).memory().getFirst(); // [B, V]
    Value spread = Ops.reshape(bias, batch.batch(), 1, vocabulary); // [B, 1, V]
    return Ops.add(Ops.lookup(table(g), batch.input()), spread); // [B, T, V]
  }

  @Override
  public State begin(Graph g, Source source) {
    Value first = Ops.slice(source.tokens(), 1, 0, 1); // [B, 1]
    Value bias = Ops.lookup(g.parameter("bias", Init.normal(1), vocabulary, vocabulary), first);
    return new State(
        List.of(Ops.reshape(bias, source.batch(), vocabulary)),
        List.of(Ops.zeros(g, source.batch(), 1)));
  }

  @Override
  public Step step(Graph g, State state, Value token) {
    Value logits = Ops.add(Ops.lookup(table(g), token), state.memory().getFirst()); // [B, V]
    Value count = Ops.affine(state.carry().getFirst(), 1, 1); // [B, 1]
    return new Step(logits, state.with(count), Optional.of(count));
  }

  private Value table(Graph g) {
    return g.parameter("table", Init.normal(2), vocabulary, vocabulary);
  }
}
