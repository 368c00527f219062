package seqmark.model.attention;

import static seqmark.compute.Ops.attentionMix;
import static seqmark.compute.Ops.softmax;
import static seqmark.compute.Ops.tanh;

import java.util.List;
import java.util.Optional;
import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Ops;
import seqmark.compute.Value;
import seqmark.nn.layer.CellStack;
import seqmark.nn.layer.Decoder;
import seqmark.nn.layer.Embedding;
import seqmark.nn.layer.Linear;

/**
 * The decoder of {@link Bahdanau}: appendix A.2.2, with a tanh layer where the paper's deep output
 * has maxout, over the new state where the paper takes the old one (it has seen the context too).
 */
record BahdanauDecoder(
    Memory memory,
    AdditiveScore score,
    Embedding embedding,
    CellStack cells,
    Linear contextToGates,
    Readout readout,
    double dropout)
    implements Decoder {
  /** What is attended to: {@code [B, S, H]}, {@code [B, S, A]} and {@code [B, S]}. */
  record Memory(Value annotations, Value keys, Value mask) {}

  /** The layers behind the recurrence, each map ending in the width of the hidden layer. */
  record Readout(Linear state, Linear context, Linear embedded, Linear output) {}

  static BahdanauDecoder of(Graph g, BahdanauConfig c, int vocabulary, List<Value> memory) {
    int hidden = c.hidden();
    CellStack cells =
        CellStack.of(g, "decoder", c.cell(), c.embedding(), hidden, c.layers(), c.dropout());
    Init recurrent = Init.uniform(1 / Math.sqrt(hidden));
    return new BahdanauDecoder(
        new Memory(memory.get(0), memory.get(1), memory.get(2)),
        AdditiveScore.of(g, hidden, c.alignment()),
        Embedding.of(g, "decoder.embedding", vocabulary, c.embedding()),
        cells,
        Linear.unbiased(g, "decoder.context", hidden, c.cell().gates() * hidden, recurrent),
        new Readout(
            Linear.unbiased(g, "readout.state", hidden, hidden),
            Linear.unbiased(g, "readout.context", hidden, hidden),
            Linear.of(g, "readout.embedding", c.embedding(), hidden),
            Linear.of(g, "output", hidden, vocabulary)),
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
    Value scores = score.apply(cells.top(carry), memory.keys()); // [B, S]
    Value weights = softmax(scores, memory.mask()); // [B, S]
    Value context = attentionMix(weights, memory.annotations()); // [B, H]
    Value gates = contextToGates.addTo(projected, context); // [B, gates * H]
    List<Value> next = cells.step(gates, carry);
    return new Turn(next, List.of(cells.top(next), context), Optional.of(weights));
  }

  @Override
  public Value logits(Value embedded, List<Value> outputs) {
    Value sum = readout.embedded().apply(embedded); // [..., B, H]
    sum = readout.state().addTo(sum, outputs.get(0));
    sum = readout.context().addTo(sum, outputs.get(1));
    return readout.output().apply(Ops.dropout(tanh(sum), dropout)); // [..., B, V]
  }
}
