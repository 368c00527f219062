package seqmark.backend.tornado;

import seqmark.backend.tornado.kernel.Elementwise;
import seqmark.backend.tornado.kernel.Loops;
import seqmark.backend.tornado.kernel.Rows;
import seqmark.compute.Node;
import seqmark.compute.Shape;
import seqmark.compute.op.Loss;
import seqmark.compute.op.Standardize;

/** Instructions of {@link Rows}. */
final class RowLowering {
  private RowLowering() {}

  private static Instruction rows(int opcode, Shape x) {
    return new Instruction(Kernel.ROWS, opcode, x.sizeBefore(-1)).with(0, x.dim(-1));
  }

  static Instruction softmax(Node n, Places p) {
    Shape x = n.in(0).shape();
    boolean masked = n.in().size() == 2;
    Instruction i =
        rows(Rows.SOFTMAX, x)
            .inLoops(Loops.ROWS, x.sizeBefore(-1))
            .with(1, masked ? 1 : 0)
            .reads(0, p.of(n.in(0)))
            .writes(2, p.of(n.out(0)));
    return masked ? i.reads(1, p.of(n.in(1))) : i;
  }

  static Instruction softmaxGradient(Node n, Places p) {
    Shape x = n.in(0).shape();
    return rows(Rows.SOFTMAX_GRADIENT, x)
        .inLoops(Loops.ROWS, x.sizeBefore(-1))
        .reads(0, p.of(n.in(0)))
        .reads(1, p.of(n.in(1)))
        .writes(2, p.of(n.out(0)));
  }

  static Instruction standardize(Node n, Places p) {
    Standardize.Rows op = (Standardize.Rows) n.op();
    Instruction i =
        rows(Rows.STANDARDIZE, n.in(0).shape())
            .with(1, op.centred() ? 1 : 0)
            .with(2, p.constants(op.epsilon()))
            .reads(0, p.of(n.in(0)))
            .reads(1, p.of(n.in(1)))
            .writes(3, p.of(n.out(0)))
            .writes(4, p.of(n.out(1)));
    return op.centred() ? i.reads(2, p.of(n.in(2))).writes(5, p.of(n.out(2))) : i;
  }

  static Instruction standardizeGradient(Node n, Places p) {
    boolean centred = n.in().size() == 5;
    Instruction i =
        rows(Rows.STANDARDIZE_GRADIENT, n.in(0).shape())
            .with(1, centred ? 1 : 0)
            .reads(0, p.of(n.in(0)))
            .reads(1, p.of(n.in(1)))
            .reads(2, p.of(n.in(2)))
            .reads(3, p.of(n.in(3)))
            .writes(5, p.of(n.out(0)));
    return centred ? i.reads(4, p.of(n.in(4))) : i;
  }

  static Instruction crossEntropy(Node n, Places p) {
    return rows(Rows.CROSS_ENTROPY, n.in(0).shape())
        .with(1, p.constants(((Loss.CrossEntropy) n.op()).smoothing()))
        .reads(0, p.of(n.in(0)))
        .reads(1, p.of(n.in(1)))
        .reads(2, p.of(n.in(2)))
        .writes(3, p.of(n.out(0)))
        .writes(4, p.of(n.out(1)));
  }

  static Instruction crossEntropyGradient(Node n, Places p) {
    Shape x = n.in(0).shape();
    Instruction i =
        new Instruction(Kernel.ELEMENTS, Elementwise.LOSS_GRADIENT, x.size())
            .inLoops(Loops.ELEMENTWISE, x.size())
            .with(0, x.dim(-1))
            .with(1, p.constants(((Loss.CrossEntropyGradient) n.op()).smoothing()))
            .writes(5, p.of(n.out(0)));
    for (int operand = 0; operand < n.in().size(); operand++) {
      i.reads(operand, p.of(n.in(operand)));
    }
    return i;
  }
}
