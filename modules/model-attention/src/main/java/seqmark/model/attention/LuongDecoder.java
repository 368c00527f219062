package seqmark.model.attention;

import static seqmark.compute.Ops.affine;
import static seqmark.compute.Ops.attentionMix;
import static seqmark.compute.Ops.tanh;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Ops;
import seqmark.compute.Value;
import seqmark.nn.Problem;
import seqmark.nn.layer.CellStack;
import seqmark.nn.layer.Decoder;
import seqmark.nn.layer.Embedding;
import seqmark.nn.layer.Linear;

/** The decoder of {@link Luong}: sections 3.1 to 3.3. */
record LuongDecoder(
    Value outputs,
    LuongScore score,
    LuongWindow window,
    Embedding embedding,
    CellStack cells,
    Optional<Linear> fed,
    Attentional attentional,
    Linear output,
    boolean countsPositions,
    double dropout)
    implements Decoder {
  /** Equation 5: {@code h~ = tanh(W [c; h])}, with W cut in two. */
  record Attentional(Linear state, Linear context) {
    Value apply(Value h, Value c) {
      return tanh(context.addTo(state.apply(h), c)); // [B, H]
    }
  }

  static LuongDecoder of(Graph g, LuongConfig c, Problem problem, List<Value> memory) {
    int hidden = c.hidden();
    int gates = c.cell().gates() * hidden;
    Init recurrent = Init.uniform(1 / Math.sqrt(hidden));
    return new LuongDecoder(
        memory.getFirst(),
        LuongScore.of(g, c.score(), memory, problem.maxSourceLength()),
        LuongWindow.of(g, c, memory.get(1)),
        Embedding.of(g, "decoder.embedding", problem.targetVocabulary(), c.embedding()),
        CellStack.of(g, "decoder", c.cell(), c.embedding(), hidden, c.layers(), c.dropout()),
        c.inputFeeding()
            ? Optional.of(Linear.unbiased(g, "decoder.fed", hidden, gates, recurrent))
            : Optional.empty(),
        new Attentional(
            Linear.of(g, "attentional.state", hidden, hidden),
            Linear.unbiased(g, "attentional.context", hidden, hidden)),
        Linear.of(g, "output", hidden, problem.targetVocabulary()),
        c.window() == LuongConfig.Window.LOCAL_M,
        c.dropout());
  }

  @Override
  public Value embed(Value tokens) {
    return Ops.dropout(embedding.apply(tokens), dropout); // [..., B, E]
  }

  @Override
  public Value project(Value embedded) {
    return cells.project(embedded); // [..., B, gates * H]
  }

  @Override
  public Turn turn(Value projected, List<Value> carry) {
    int states = cells.cells().size() * cells.cells().getFirst().kind().carries();
    Value gates =
        fed.map(f -> f.addTo(projected, carry.get(states))).orElse(projected); // [B, gates * H]
    List<Value> next = new ArrayList<>(cells.step(gates, carry.subList(0, states)));
    Value h = cells.top(next); // [B, H]
    Value position = countsPositions ? carry.getLast() : null; // [B, 1]
    Value weights = window.weights(score.apply(h), h, position); // [B, S]
    Value made = attentional.apply(h, attentionMix(weights, outputs)); // [B, H]
    if (fed.isPresent()) {
      next.add(made);
    }
    if (countsPositions) {
      next.add(affine(position, 1, 1));
    }
    return new Turn(next, List.of(made), Optional.of(weights));
  }

  @Override
  public Value logits(Value embedded, List<Value> made) {
    return output.apply(Ops.dropout(made.getFirst(), dropout)); // [..., B, V]
  }
}
