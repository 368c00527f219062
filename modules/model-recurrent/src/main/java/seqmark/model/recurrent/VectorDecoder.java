package seqmark.model.recurrent;

import java.util.List;
import java.util.Optional;
import seqmark.compute.Ops;
import seqmark.compute.Value;
import seqmark.nn.layer.CellStack;
import seqmark.nn.layer.Decoder;
import seqmark.nn.layer.Embedding;
import seqmark.nn.layer.Linear;

/** A decoder that knows nothing of the source but its first state. */
record VectorDecoder(Embedding embedding, CellStack cells, Linear output, double dropout)
    implements Decoder {
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
    List<Value> next = cells.step(projected, carry);
    return new Turn(next, List.of(cells.top(next)), Optional.empty());
  }

  @Override
  public Value logits(Value embedded, List<Value> outputs) {
    return output.apply(Ops.dropout(outputs.getFirst(), dropout)); // [..., B, V]
  }
}
