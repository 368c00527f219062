package seqmark.nn.layer;

import java.util.List;
import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Ops;
import seqmark.compute.Value;

/**
 * The gated recurrent unit (Cho et al. 2014), with the reset gate behind the matrix product: gates
 * in the order reset, update, new.
 *
 * @param input the inputs' part of the gates
 * @param state the hidden state's part; its own bias lies under the reset gate
 */
public record GruCell(Linear input, Linear state) implements Cell {
  static GruCell of(Graph g, String name, int in, int hidden) {
    Init init = Init.uniform(1 / Math.sqrt(hidden));
    return new GruCell(
        Linear.of(g, name + ".input", in, 3 * hidden, init, init),
        Linear.of(g, name + ".state", hidden, 3 * hidden, init, init));
  }

  @Override
  public Kind kind() {
    return Kind.GRU;
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
    return List.of(Ops.gruCell(projected, state.apply(h), h, mask)); // [B, H]
  }
}
