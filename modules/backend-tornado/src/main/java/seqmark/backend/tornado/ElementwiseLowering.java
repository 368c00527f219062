package seqmark.backend.tornado;

import seqmark.backend.tornado.kernel.Elementwise;
import seqmark.backend.tornado.kernel.Loops;
import seqmark.compute.Node;
import seqmark.compute.Shape;
import seqmark.compute.op.Constants;
import seqmark.compute.op.Elementwise.Affine;
import seqmark.compute.op.Elementwise.Binary;
import seqmark.compute.op.Elementwise.Unary;
import seqmark.compute.op.Elementwise.UnaryGradient;
import seqmark.compute.op.Function;
import seqmark.compute.op.Update;

/** Instructions of {@link Elementwise}. */
final class ElementwiseLowering {
  private static final int AXES = 4;

  private ElementwiseLowering() {}

  private static Instruction elements(int opcode, int units) {
    return new Instruction(Kernel.ELEMENTS, opcode, units).inLoops(Loops.ELEMENTWISE, units);
  }

  static Instruction binary(Node n, Places p) {
    Shape y = n.out(0).shape();
    int[] a = Axes.repeated(y, n.in(0).shape());
    Axes axes = new Axes(y.toArray(), a, Axes.repeated(y, n.in(1).shape()));
    return elements(Elementwise.BINARY, y.size())
        .with(0, ((Binary) n.op()).arithmetic().ordinal())
        .with(1, axes.extents(AXES, n))
        .with(1 + AXES, axes.strides(AXES, 0))
        .with(1 + 2 * AXES, axes.strides(AXES, 1))
        .reads(0, p.of(n.in(0)))
        .reads(1, p.of(n.in(1)))
        .writes(2, p.of(n.out(0)));
  }

  static Instruction unary(Node n, Places p) {
    return elements(Elementwise.UNARY, n.out(0).shape().size())
        .with(0, ((Unary) n.op()).function().ordinal())
        .reads(0, p.of(n.in(0)))
        .writes(1, p.of(n.out(0)));
  }

  static Instruction unaryGradient(Node n, Places p) {
    return elements(Elementwise.UNARY_GRADIENT, n.out(0).shape().size())
        .with(0, ((UnaryGradient) n.op()).function().ordinal())
        .reads(0, p.of(n.in(0)))
        .reads(1, p.of(n.in(1)))
        .writes(2, p.of(n.out(0)));
  }

  static Instruction softplus(Operand x, Operand y) {
    return elements(Elementwise.UNARY, x.floats())
        .with(0, Function.SOFTPLUS.ordinal())
        .reads(0, x)
        .writes(1, y);
  }

  /** From softplus y and the gradient d of y to that of its operand. */
  static Instruction softplusGradient(Operand y, Operand d, Operand dx) {
    return elements(Elementwise.UNARY_GRADIENT, y.floats())
        .with(0, Function.SOFTPLUS.ordinal())
        .reads(0, y)
        .reads(1, d)
        .writes(2, dx);
  }

  static Instruction affine(Node n, Places p) {
    Affine op = (Affine) n.op();
    return elements(Elementwise.AFFINE, n.out(0).shape().size())
        .with(0, p.constants(op.scale(), op.shift()))
        .reads(0, p.of(n.in(0)))
        .writes(1, p.of(n.out(0)));
  }

  static Instruction fill(Node n, Places p) {
    return elements(Elementwise.FILL, n.out(0).shape().size())
        .with(0, p.constants(((Constants.Fill) n.op()).value()))
        .writes(0, p.of(n.out(0)));
  }

  static Instruction range(Node n, Places p) {
    return elements(Elementwise.RANGE, n.out(0).shape().size()).writes(0, p.of(n.out(0)));
  }

  /** The uniform numbers are whole multiples of 2^-24: those below the threshold are dropped. */
  static Instruction dropoutMask(Node n, Places p) {
    Constants.DropoutMask op = (Constants.DropoutMask) n.op();
    int threshold = (int) Math.ceil((double) op.rate() * 0x1p24);
    return elements(Elementwise.DROPOUT, n.out(0).shape().size())
        .with(0, threshold, op.salt())
        .with(2, p.constants(1 / (1 - op.rate())))
        .reads(0, p.of(n.in(0)))
        .writes(1, p.of(n.out(0)));
  }

  static Instruction adamw(Node n, Places p) {
    Update.AdamW op = (Update.AdamW) n.op();
    return new Instruction(Kernel.ELEMENTS, Elementwise.ADAMW, n.in(0).shape().size())
        .with(0, p.constants(op.beta1(), op.beta2(), op.epsilon(), op.weightDecay()))
        .writes(0, p.of(n.in(0)))
        .reads(1, p.of(n.in(1)))
        .writes(2, p.of(n.in(2)))
        .writes(3, p.of(n.in(3)))
        .reads(4, p.of(n.in(4)))
        .reads(5, p.of(n.in(5)));
  }
}
