package seqmark.nn.layer;

import static seqmark.compute.Ops.add;
import static seqmark.compute.Ops.multiply;
import static seqmark.compute.Ops.reshape;
import static seqmark.compute.Ops.subtract;
import static seqmark.compute.Ops.tanh;

import java.util.List;
import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Value;

/**
 * The simple recurrent net (Elman 1990): {@code h' = tanh(W x + U h + b)}.
 *
 * @param input W and b
 * @param state U
 */
public record RnnCell(Linear input, Linear state) implements Cell {
  static RnnCell of(Graph g, String name, int in, int hidden) {
    Init init = Init.uniform(1 / Math.sqrt(hidden));
    return new RnnCell(
        Linear.of(g, name + ".input", in, hidden, init, init),
        Linear.unbiased(g, name + ".state", hidden, hidden, init));
  }

  @Override
  public Kind kind() {
    return Kind.RNN;
  }

  @Override
  public int hidden() {
    return state.weight().shape().dim(0);
  }

  @Override
  public Value project(Value x) {
    return input.apply(x);
  }

  @Override
  public List<Value> step(Value projected, List<Value> carry, Value mask) {
    Value h = carry.getFirst(); // [B, H]
    Value next = tanh(state.addTo(projected, h)); // [B, H]
    if (mask == null) {
      return List.of(next);
    }
    Value keepOrMove = reshape(mask, mask.shape().append(1)); // [B, 1]
    return List.of(add(h, multiply(subtract(next, h), keepOrMove)));
  }
}
