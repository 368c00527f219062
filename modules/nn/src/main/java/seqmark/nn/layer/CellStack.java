package seqmark.nn.layer;

import java.util.ArrayList;
import java.util.List;
import seqmark.compute.Graph;
import seqmark.compute.Ops;
import seqmark.compute.Value;

/**
 * Cells on top of each other within one time step, each reading the hidden state of the one below.
 * The carry is that of all cells, from the bottom up.
 *
 * @param cells from the bottom up
 * @param dropout the rate between cells
 */
public record CellStack(List<Cell> cells, double dropout) {
  /**
   * {@code layers} cells of one kind and width.
   *
   * @param in the width of the lowest cell's input
   */
  public static CellStack of(
      Graph g, String name, Cell.Kind kind, int in, int hidden, int layers, double dropout) {
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < layers; i++) {
      cells.add(kind.of(g, name + "." + i, i == 0 ? in : hidden, hidden));
    }
    return new CellStack(List.copyOf(cells), dropout);
  }

  /** Inputs {@code [..., in]} to their part of the lowest cell's gates. */
  public Value project(Value input) {
    return cells.getFirst().project(input);
  }

  /** One step of all cells: {@code projected [B, gates * hidden]} and the carry before. */
  public List<Value> step(Value projected, List<Value> carry) {
    List<Value> next = new ArrayList<>();
    Value input = projected;
    for (Cell cell : cells) {
      int from = next.size();
      if (from > 0) {
        input = cell.project(Ops.dropout(top(next), dropout));
      }
      next.addAll(cell.step(input, carry.subList(from, from + cell.kind().carries()), null));
    }
    return next;
  }

  /** The hidden state {@code [B, hidden]} of the topmost cell in a carry. */
  public Value top(List<Value> carry) {
    return carry.get(carry.size() - cells.getFirst().kind().carries());
  }
}
