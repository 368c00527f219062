package seqmark.backend.cpu;

import seqmark.compute.Columns;
import seqmark.compute.Node;
import seqmark.compute.Shape;
import seqmark.compute.Value;
import seqmark.compute.op.DepthwiseConvolution;
import seqmark.compute.op.Elementwise;
import seqmark.compute.op.Gate;
import seqmark.compute.op.MatMul;
import seqmark.compute.op.MultiHead;
import seqmark.compute.op.Shapes;
import seqmark.compute.op.StateSpace;
import seqmark.compute.op.StepSize;
import seqmark.compute.op.Unfolding;

/** Which kernels ask their operands how far rows are apart. */
final class Distances implements Columns.Reach {
  @Override
  public boolean reads(Node n, int operand) {
    return switch (n.op()) {
      case MatMul.Dense d -> operand == 0 || operand == 2;
      case MatMul.WeightGradient w -> true;
      case Shapes.Concat c -> isLast(c.axis(), n);
      case Shapes.Slice s -> isLast(s.axis(), n);
      case MultiHead.Attend a -> operand < 3;
      case MultiHead.AttendGradient a -> operand == 0 || operand > 1 && operand < 5;
      case Unfolding.Fold f -> operand == 0;
      case Unfolding.Unfold u -> true;
      case Gate.Swiglu g -> true;
      case Gate.SwigluGradient g -> true;
      case Gate.Unit g -> operand == 0;
      case Gate.UnitGradient g -> operand < 2;
      case DepthwiseConvolution.CausalSilu c -> operand == 0;
      case DepthwiseConvolution.CausalSiluGradient c -> operand < 2;
      case StateSpace.SelectiveScan s -> isMatrix(n, operand, 3);
      case StateSpace.SelectiveScanGradient s -> isMatrix(n, operand, 5);
      case StepSize.Projected p -> operand == 0;
      case StepSize.ProjectedGradient p -> operand == 2;
      case Elementwise.Binary b -> repeats(n);
      default -> false;
    };
  }

  @Override
  public boolean readsWindows(Node n, int operand) {
    return switch (n.op()) {
      case MatMul.Dense d -> operand == 0 && packs(n, d.transposed());
      case MatMul.WeightGradient w -> operand == 0;
      default -> false;
    };
  }

  private static boolean packs(Node n, boolean transposed) {
    Shape out = n.out(0).shape();
    return Gemm.wantsPacking(out.sizeBefore(-1), out.dim(-1), transposed);
  }

  @Override
  public boolean writes(Node n, int result) {
    return switch (n.op()) {
      case MatMul.Dense d -> true;
      case Shapes.Concat c -> isLast(c.axis(), n);
      case MultiHead.Attend a -> result == 0;
      case MultiHead.AttendGradient a -> true;
      case Unfolding.Fold f -> true;
      case Unfolding.Unfold u -> true;
      case Gate.Swiglu g -> true;
      case Gate.SwigluGradient g -> true;
      case Gate.Unit g -> true;
      case Gate.UnitGradient g -> true;
      case DepthwiseConvolution.CausalSilu c -> true;
      case DepthwiseConvolution.CausalSiluGradient c -> result == 0;
      case StateSpace.SelectiveScanGradient s -> isMatrix(n, result + 2, 5);
      case StepSize.ProjectedGradient p -> result == 0;
      case Elementwise.Binary b -> repeats(n);
      default -> false;
    };
  }

  /** Whether an operand is B or C of a scan, B being operand {@code first}, and varies in time. */
  private static boolean isMatrix(Node n, int operand, int first) {
    return (operand == first || operand == first + 1) && n.in(operand).shape().rank() == 3;
  }

  private static boolean isLast(int axis, Node n) {
    return axis > 0 && axis == n.out(0).shape().rank() - 1;
  }

  /** Whether an op goes through its operands a row at a time anyway, for it repeats some. */
  private static boolean repeats(Node n) {
    Shape shape = n.out(0).shape();
    Shape[] operands = n.in().stream().map(Value::shape).toArray(Shape[]::new);
    return shape.rank() > 0 && Pattern.stripLength(shape, operands) <= shape.dim(-1);
  }
}
