package seqmark.backend.tornado;

import java.util.List;
import seqmark.backend.tornado.kernel.Heads;
import seqmark.backend.tornado.kernel.Loops;
import seqmark.backend.tornado.kernel.Queries;
import seqmark.compute.Node;
import seqmark.compute.Shape;
import seqmark.compute.op.Attention;
import seqmark.compute.op.MultiHead;

/** Instructions of {@link Queries} and {@link Heads}. */
final class AttentionLowering {
  private AttentionLowering() {}

  /** Operands in order, then results. */
  private static Instruction query(Node n, Places p, int opcode, int units, Shape memory) {
    Instruction i =
        new Instruction(Kernel.QUERIES, opcode, units)
            .inLoops(Loops.QUERIES, units)
            .with(0, memory.dim(1), memory.rank() == 3 ? memory.dim(2) : 1);
    for (int k = 0; k < n.in().size(); k++) {
      i.reads(k, p.of(n.in(k)));
    }
    for (int k = 0; k < n.out().size(); k++) {
      i.writes(n.in().size() + k, p.of(n.out(k)));
    }
    return i;
  }

  static Instruction dot(Node n, Places p) {
    return query(n, p, Queries.DOT, n.out(0).shape().size(), n.in(1).shape());
  }

  static Instruction mix(Node n, Places p) {
    return query(n, p, Queries.MIX, n.out(0).shape().size(), n.in(1).shape());
  }

  static Instruction addOuter(Node n, Places p) {
    return query(n, p, Queries.ADD_OUTER, n.out(0).shape().size(), n.in(2).shape());
  }

  static Instruction additive(Node n, Places p) {
    return query(n, p, Queries.ADDITIVE, n.out(0).shape().size(), n.in(1).shape());
  }

  static Instruction additiveGradient(Node n, Places p) {
    int units = n.in(1).shape().size();
    return query(n, p, Queries.ADDITIVE_GRADIENT, units, n.in(2).shape());
  }

  static Instruction window(Node n, Places p) {
    Shape mask = n.in(1).shape();
    return query(n, p, Queries.WINDOW, mask.size(), mask)
        .with(0, mask.dim(1), ((Attention.Window) n.op()).radius());
  }

  static Instruction attend(Node n, Places p) {
    MultiHead.Attend op = (MultiHead.Attend) n.op();
    int rows = n.out(1).shape().size();
    return heads(n, p, 0, op, Kernel.ATTEND, rows)
        .writes(6, p.of(n.out(0)))
        .writes(7, p.of(n.out(1)));
  }

  /** First what queries get; on the way each leaves a number that keys and values need. */
  static List<Instruction> attendGradient(Node n, Places p) {
    MultiHead.Attend op = ((MultiHead.AttendGradient) n.op()).forward();
    int rows = n.in(1).shape().size();
    int keys = n.in(5).shape().size() * op.heads();
    Operand scratch = p.scratch(n, rows);
    Instruction queries =
        heads(n, p, 2, op, Kernel.ATTEND_QUERY_GRADIENT, rows)
            .reads(6, p.of(n.in(0)))
            .reads(7, p.of(n.in(1)))
            .writes(8, scratch)
            .writes(9, p.of(n.out(0)));
    Instruction memory =
        heads(n, p, 2, op, Kernel.ATTEND_KEY_GRADIENT, keys)
            .reads(6, p.of(n.in(0)))
            .reads(7, p.of(n.in(1)))
            .reads(8, scratch)
            .writes(10, p.of(n.out(1)))
            .writes(11, p.of(n.out(2)));
    return List.of(queries, memory);
  }

  /** What all passes have in common: operands from {@code first} on, extents, how to score. */
  private static Instruction heads(
      Node n, Places p, int first, MultiHead.Attend op, Kernel kernel, int units) {
    Shape q = n.in(first).shape();
    Shape v = n.in(first + 2).shape();
    Instruction i =
        new Instruction(kernel, 0, units)
            .with(Heads.EXTENTS, op.heads(), q.dim(1), v.dim(1))
            .with(Heads.EXTENTS + 3, q.dim(2) / op.heads(), v.dim(2) / op.heads())
            .with(Heads.SCORE, p.constants(op.scale()))
            .with(Heads.SCORE + 1, op.causal() ? 1 : 0, op.alibi() ? 1 : 0)
            .with(Heads.SCORE + 3, p.constants((float) (-8 * Math.log(2) / op.heads())));
    for (int k = 0; first + k < n.in().size(); k++) {
      i.reads(k, p.of(n.in(first + k)));
    }
    return i;
  }
}
