package seqmark.nn.layer;

import static seqmark.compute.Ops.zeros;

import java.util.ArrayList;
import java.util.List;
import seqmark.compute.Graph;
import seqmark.compute.Loop;
import seqmark.compute.Value;

/**
 * A cell run over a whole sequence from a state of zeros, forwards or backwards in time. Padding
 * leaves the state as it is.
 *
 * @param name what its loop is called
 * @param cell the recurrence
 * @param backward whether time runs from the last position to the first
 */
public record RecurrentLayer(String name, Cell cell, boolean backward) {
  /**
   * What a layer makes of a sequence.
   *
   * @param outputs the hidden state at every position, {@code [S, B, H]}
   * @param last the carry after the whole sequence, each {@code [B, H]}
   */
  public record Result(Value outputs, List<Value> last) {}

  /**
   * Reads a sequence.
   *
   * @param x {@code [S, B, in]}
   * @param mask {@code [S, B]}: 0 for padding
   */
  public Result apply(Value x, Value mask) {
    Graph g = x.graph();
    int steps = x.shape().dim(0);
    Value projected = cell.project(x); // [S, B, gates * H]
    Value zero = zeros(g, x.shape().dim(1), cell.hidden()); // [B, H]
    Loop loop = backward ? g.reverseLoop(name, steps) : g.loop(name, steps);
    List<Value> carry = new ArrayList<>();
    for (int i = 0; i < cell.kind().carries(); i++) {
      carry.add(loop.carry(zero));
    }
    List<Value> next = cell.step(Embedding.slice(loop, projected), carry, loop.slice(mask));
    for (int i = 0; i < carry.size(); i++) {
      loop.next(carry.get(i), next.get(i));
    }
    loop.close();
    return new Result(
        loop.stack(next.getFirst()), // [S, B, H]
        carry.stream().map(loop::last).toList());
  }
}
