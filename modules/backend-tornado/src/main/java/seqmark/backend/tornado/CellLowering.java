package seqmark.backend.tornado;

import java.util.List;
import seqmark.backend.tornado.kernel.Cells;
import seqmark.backend.tornado.kernel.Loops;
import seqmark.compute.Node;
import seqmark.compute.Shape;
import seqmark.compute.Value;
import seqmark.compute.op.Gate;

/** Instructions of {@link Cells}. */
final class CellLowering {
  private CellLowering() {}

  /** Operands from the first word on, results behind the most operands that the op can have. */
  private static Instruction cell(Node n, Places p, int opcode, Shape state, int mostOperands) {
    List<Value> in = n.in();
    boolean masked = in.size() == mostOperands;
    Instruction i =
        new Instruction(Kernel.CELLS, opcode, state.size())
            .inLoops(Loops.CELLS, state.size())
            .with(0, state.dim(-1), masked ? 1 : 0);
    for (int k = 0; k < in.size(); k++) {
      i.reads(k, p.of(in.get(k)));
    }
    for (int k = 0; k < n.out().size(); k++) {
      i.writes(mostOperands + k, p.of(n.out(k)));
    }
    return i;
  }

  static Instruction lstm(Node n, Places p) {
    return cell(n, p, Cells.LSTM, n.in(1).shape(), 4);
  }

  static Instruction lstmGradient(Node n, Places p) {
    return cell(n, p, Cells.LSTM_GRADIENT, n.in(3).shape(), 6);
  }

  static Instruction gru(Node n, Places p) {
    return cell(n, p, Cells.GRU, n.in(2).shape(), 4);
  }

  static Instruction gruGradient(Node n, Places p) {
    return cell(n, p, Cells.GRU_GRADIENT, n.in(3).shape(), 5);
  }

  static Instruction gate(Node n, Places p) {
    int form = ((Gate.Unit) n.op()).form().ordinal();
    return cell(n, p, Cells.GATE, n.out(0).shape(), 2).with(2, form);
  }

  static Instruction gateGradient(Node n, Places p) {
    int form = ((Gate.UnitGradient) n.op()).form().ordinal();
    return cell(n, p, Cells.GATE_GRADIENT, n.in(1).shape(), 3).with(2, form);
  }

  static Instruction swiglu(Node n, Places p) {
    return cell(n, p, Cells.SWIGLU, n.out(0).shape(), 2).with(2, 1);
  }

  static Instruction swigluGradient(Node n, Places p) {
    return cell(n, p, Cells.SWIGLU_GRADIENT, n.out(0).shape(), 3).with(1, 1, 1);
  }

  /** SiLU of x, 0 where the mask {@code [..]} of its rows is. */
  static Instruction maskedSilu(int width, Operand mask, Operand x, Operand y) {
    return new Instruction(Kernel.CELLS, Cells.SWIGLU, x.floats())
        .with(2, width)
        .reads(0, mask)
        .reads(1, x)
        .writes(2, y);
  }

  /** From the gradient d of the masked SiLU of x to that of x. */
  static Instruction maskedSiluGradient(int width, Operand d, Operand mask, Operand x, Operand dx) {
    return new Instruction(Kernel.CELLS, Cells.SWIGLU_GRADIENT, x.floats())
        .with(1, 0, width)
        .reads(0, d)
        .reads(1, mask)
        .reads(2, x)
        .writes(3, dx);
  }
}
