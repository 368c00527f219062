package seqmark.backend.tornado;

import java.util.ArrayList;
import java.util.List;
import seqmark.backend.tornado.kernel.Loops;
import seqmark.backend.tornado.kernel.Moves;
import seqmark.compute.Loop;
import seqmark.compute.Node;
import seqmark.compute.Shape;
import seqmark.compute.Value;
import seqmark.compute.op.Padding;
import seqmark.compute.op.Rotary;
import seqmark.compute.op.Segments;
import seqmark.compute.op.Shapes;
import seqmark.compute.op.Unfolding;

/** Instructions of {@link Moves}. */
final class MoveLowering {
  private static final int AXES = 5;

  private MoveLowering() {}

  private static Instruction move(int opcode, int units) {
    return new Instruction(Kernel.MOVES, opcode, units);
  }

  private static Instruction loopMove(int opcode, int units) {
    return move(opcode, units).inLoops(Loops.MOVES, units);
  }

  /** Elements gathered from anywhere; strides are those of the operand along the result's axes. */
  private static Instruction gather(Node n, Places p, int[] strides, int offset) {
    Shape y = n.out(0).shape();
    Axes axes = new Axes(y.toArray(), strides);
    return loopMove(Moves.STRIDED, y.size())
        .with(0, axes.extents(AXES, n))
        .with(AXES, axes.strides(AXES, 0))
        .reads(0, p.of(n.in(0)).from(offset, n.in(0).shape().size() - offset))
        .writes(1, p.of(n.out(0)));
  }

  private static Instruction plain(Operand from, Operand to) {
    return loopMove(Moves.STRIDED, to.floats())
        .with(0, 1, 1, 1, 1, to.floats())
        .with(AXES, 0, 0, 0, 0, 1)
        .reads(0, from)
        .writes(1, to);
  }

  static Instruction copy(Node n, Places p) {
    return plain(p.of(n.in(0)), p.of(n.out(0)));
  }

  /** The first value of a carry to where the loop looks for it. */
  static Instruction entry(Loop.Carry carry, Places p) {
    return plain(p.of(carry.first()), p.firstSlot(carry));
  }

  static Instruction broadcast(Node n, Places p) {
    return gather(n, p, Axes.repeated(n.out(0).shape(), n.in(0).shape()), 0);
  }

  static Instruction transpose(Node n, Places p) {
    return gather(n, p, ((Shapes.Transpose) n.op()).strides(n.in(0).shape()), 0);
  }

  static Instruction slice(Node n, Places p) {
    Shapes.Slice op = (Shapes.Slice) n.op();
    Shape x = n.in(0).shape();
    return gather(n, p, Axes.contiguous(x), op.from() * x.sizeAfter(op.axis()));
  }

  /** An instruction for every operand, which goes to its part of the result. */
  static List<Instruction> concat(Node n, Places p) {
    int axis = ((Shapes.Concat) n.op()).axis();
    Shape y = n.out(0).shape();
    List<Instruction> parts = new ArrayList<>();
    int at = 0;
    for (Value x : n.in()) {
      int offset = at * y.sizeAfter(axis);
      Axes axes = new Axes(x.shape().toArray(), Axes.contiguous(y));
      parts.add(
          loopMove(Moves.STRIDED, x.shape().size())
              .with(0, axes.extents(AXES, n))
              .with(AXES, axes.strides(AXES, 0))
              .with(2 * AXES, 1)
              .reads(0, p.of(x))
              .writes(1, p.of(n.out(0)).from(offset, y.size() - offset)));
      at += x.shape().dim(axis);
    }
    return parts;
  }

  static Instruction unslice(Node n, Places p) {
    Shapes.Unslice op = (Shapes.Unslice) n.op();
    Shape x = n.in(0).shape();
    return loopMove(Moves.UNSLICE, n.out(0).shape().size())
        .with(0, op.total(), op.from(), x.dim(op.axis()), x.sizeAfter(op.axis()))
        .reads(0, p.of(n.in(0)))
        .writes(1, p.of(n.out(0)));
  }

  static Instruction lookup(Node n, Places p) {
    Shape table = n.in(0).shape();
    return loopMove(Moves.LOOKUP, n.out(0).shape().size())
        .with(0, table.dim(0), table.dim(1))
        .reads(0, p.of(n.in(0)))
        .reads(1, p.of(n.in(1)))
        .writes(2, p.of(n.out(0)));
  }

  static Instruction lookupGradient(Node n, Places p) {
    return move(Moves.LOOKUP_GRADIENT, n.out(0).shape().size())
        .with(0, n.out(0).shape().dim(1), n.in(0).shape().size())
        .reads(0, p.of(n.in(0)))
        .reads(1, p.of(n.in(1)))
        .writes(2, p.of(n.out(0)));
  }

  static Instruction reverse(Node n, Places p) {
    return padded(n, p, Moves.REVERSE);
  }

  static Instruction rotate(Node n, Places p) {
    return padded(n, p, Moves.ROTATE).with(2, ((Padding.Rotate) n.op()).back() ? 1 : 0);
  }

  private static Instruction padded(Node n, Places p, int opcode) {
    return move(opcode, n.out(0).shape().size())
        .with(0, n.in(1).shape().dim(1), n.in(0).shape().sizeAfter(1))
        .reads(0, p.of(n.in(0)))
        .reads(1, p.of(n.in(1)))
        .writes(2, p.of(n.out(0)));
  }

  static Instruction sentences(Node n, Places p) {
    Shape ids = n.in(0).shape();
    return move(Moves.SENTENCES, ids.size())
        .with(0, ids.dim(1), ((Segments.Sentences) n.op()).end())
        .reads(0, p.of(n.in(0)))
        .reads(1, p.of(n.in(1)))
        .writes(2, p.of(n.out(0)))
        .writes(3, p.of(n.out(1)));
  }

  static Instruction unfold(Node n, Places p) {
    return window(n, p, Moves.UNFOLD, n.in(0).shape(), ((Unfolding.Unfold) n.op()).kernel());
  }

  static Instruction fold(Node n, Places p) {
    boolean biased = n.in().size() == 2;
    Unfolding.Kernel kernel = ((Unfolding.Fold) n.op()).kernel();
    Instruction i =
        window(n, p, Moves.FOLD, n.out(0).shape(), kernel).with(5, biased ? 1 : 0);
    return biased ? i.reads(2, p.of(n.in(1))) : i;
  }

  private static Instruction window(
      Node n, Places p, int opcode, Shape positions, Unfolding.Kernel kernel) {
    return move(opcode, n.out(0).shape().size())
        .with(0, positions.dim(-2), positions.dim(-1))
        .with(2, kernel.taps(), kernel.dilation(), kernel.before())
        .reads(0, p.of(n.in(0)))
        .writes(1, p.of(n.out(0)));
  }

  static Instruction turn(Node n, Places p) {
    Shape x = n.in(0).shape();
    Shape table = n.in(1).shape();
    return move(Moves.TURN, x.size() / 2)
        .with(0, x.dim(-1), table.dim(1), table.dim(0), ((Rotary.Turn) n.op()).back() ? -1 : 1)
        .reads(0, p.of(n.in(0)))
        .reads(1, p.of(n.in(1)))
        .reads(2, p.of(n.in(2)))
        .writes(3, p.of(n.out(0)));
  }

  /** A depthwise convolution over x {@code [B, T, D]}, with a bias and backwards in time. */
  static Instruction convolution(Shape x, int taps, Operand in, Operand w, Operand b, Operand y) {
    return convolution(x, taps, -1, 1, in, w, y).reads(2, b);
  }

  /** The same without a bias and forwards in time. */
  static Instruction anticausal(Shape x, int taps, Operand in, Operand w, Operand y) {
    return convolution(x, taps, 1, 0, in, w, y);
  }

  private static Instruction convolution(
      Shape x, int taps, int direction, int biased, Operand in, Operand w, Operand y) {
    return move(Moves.CONVOLUTION, x.size())
        .with(0, x.dim(-2), x.dim(-1), taps, direction, biased)
        .reads(0, in)
        .reads(1, w)
        .writes(3, y);
  }
}
