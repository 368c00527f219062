package seqmark.backend.tornado;

import java.util.ArrayList;
import java.util.List;
import seqmark.backend.tornado.kernel.StateSpaces;
import seqmark.compute.Node;
import seqmark.compute.Shape;
import seqmark.compute.op.StateSpace;

/** Instructions of {@link StateSpaces}. */
final class StateSpaceLowering {
  private StateSpaceLowering() {}

  private static Instruction of(
      Kernel kernel, int units, Shape u, Shape a, Shape b, StateSpace.Discretisation how) {
    int hold = how == StateSpace.Discretisation.ZOH ? 1 : 0;
    return new Instruction(kernel, 0, units)
        .with(0, u.dim(1), u.dim(2), a.dim(0), hold, b.rank() == 2 ? 1 : 0);
  }

  static Instruction scan(Node n, Places p) {
    Shape u = n.in(0).shape();
    var how = ((StateSpace.SelectiveScan) n.op()).discretisation();
    int units = u.dim(0) * u.dim(2);
    Instruction i = of(Kernel.SCAN, units, u, n.in(2).shape(), n.in(3).shape(), how);
    for (int k = 0; k < n.in().size(); k++) {
      i.reads(k, p.of(n.in(k)));
    }
    for (int k = 0; k < n.out().size(); k++) {
      i.writes(n.in().size() + k, p.of(n.out(k)));
    }
    return i;
  }

  /** The product, and its softplus in the same place. */
  static List<Instruction> stepSize(Node n, Places p) {
    int rows = n.out(0).shape().sizeBefore(-1);
    Shape w = n.in(1).shape();
    Operand y = p.of(n.out(0));
    return List.of(
        ProductLowering.biased(rows, w, p.of(n.in(0)), p.of(n.in(1)), p.of(n.in(2)), y),
        ElementwiseLowering.softplus(y, y));
  }

  static List<Instruction> stepSizeGradient(Node n, Places p) {
    Shape y = n.in(1).shape();
    int rows = y.sizeBefore(-1);
    Shape w = n.in(3).shape();
    Operand d = p.scratch(n, y.size());
    return List.of(
        ElementwiseLowering.softplusGradient(p.of(n.in(1)), p.of(n.in(0)), d),
        ProductLowering.back(rows, w, d, p.of(n.in(3)), p.of(n.out(0))),
        ProductLowering.outer(rows, w, p.of(n.in(2)), d, p.of(n.out(1))),
        SumLowering.rows(y, d, p.of(n.out(2))));
  }

  /** By channel and, where B and C differ from step to step, once more by state. */
  static List<Instruction> scanGradient(Node n, Places p) {
    Shape u = n.in(2).shape();
    Shape a = n.in(4).shape();
    Shape b = n.in(5).shape();
    var how = ((StateSpace.SelectiveScanGradient) n.op()).discretisation();
    boolean perChannel = b.rank() == 2;
    List<Instruction> all = new ArrayList<>();
    Instruction channels = of(Kernel.SCAN_GRADIENT, u.dim(0) * u.dim(2), u, a, b, how);
    all.add(operands(channels, n, p));
    for (int k = 0; k < n.out().size(); k++) {
      if (perChannel || k != 3 && k != 4) {
        channels.writes(9 + k, p.of(n.out(k)));
      }
    }
    if (!perChannel) {
      Instruction states = of(Kernel.SCAN_MIX_GRADIENT, u.dim(0) * a.dim(0), u, a, b, how);
      all.add(operands(states, n, p).writes(12, p.of(n.out(3))).writes(13, p.of(n.out(4))));
    }
    return all;
  }

  /** The scan's operands first, then what the gradient has besides. */
  private static Instruction operands(Instruction i, Node n, Places p) {
    for (int k = 0; k < 6; k++) {
      i.reads(k, p.of(n.in(2 + k)));
    }
    return i.reads(6, p.of(n.in(0))).reads(7, p.of(n.in(1))).reads(8, p.of(n.in(8)));
  }
}
