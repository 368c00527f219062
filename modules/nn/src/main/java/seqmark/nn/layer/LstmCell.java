package seqmark.nn.layer;

import java.util.List;
import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Ops;
import seqmark.compute.Value;

/**
 * Long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al.
 * 2000): gates in the order input, forget, cell, output. Carries h and c.
 *
 * @param input the inputs' part of the gates, with the bias
 * @param state the hidden state's part
 */
public record LstmCell(Linear input, Linear state) implements Cell {
  static LstmCell of(Graph g, String name, int in, int hidden) {
    Init init = Init.uniform(1 / Math.sqrt(hidden));
    Init bias =
        (values, random) -> {
          init.fill(values, random);
          java.util.Arrays.fill(values, hidden, 2 * hidden, 1);
        };
    return new LstmCell(
        Linear.of(g, name + ".input", in, 4 * hidden, init, bias),
        Linear.unbiased(g, name + ".state", hidden, 4 * hidden, init));
  }

  @Override
  public Kind kind() {
    return Kind.LSTM;
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
    Value h = carry.get(0); // [B, H]
    Value c = carry.get(1); // [B, H]
    Value gates = state.addTo(projected, h); // [B, 4H]
    return mask == null ? Ops.lstmCell(gates, c) : Ops.lstmCell(gates, c, h, mask);
  }
}
