package seqmark.compute;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Replays a graph with all step values in one arena that starts full of NaN, as backends do: with
 * rows of values without gaps, and with as many values as possible in the rows of wider ones.
 */
final class PlannedRun {
  private static final Columns.Reach EVERYBODY =
      new Columns.Reach() {
        @Override
        public boolean reads(Node n, int operand) {
          return !(n.op() instanceof Scan) && n.op().viewOffset(n) < 0;
        }

        @Override
        public boolean writes(Node n, int result) {
          return n.op().viewOffset(n) < 0;
        }

        @Override
        public boolean readsWindows(Node n, int operand) {
          return reads(n, operand);
        }
      };

  private final Columns columns;
  private final MemoryPlan plan;
  private final Map<Value, double[]> given;
  private final double[] arena;

  private PlannedRun(Graph g, Columns.Reach reach, Map<Value, double[]> given) {
    columns = new Columns(g, reach);
    plan = new MemoryPlan(g, columns, n -> 5);
    this.given = given;
    arena = new double[plan.arenaFloats()];
    Arrays.fill(arena, Double.NaN);
  }

  /** Fails if the outputs differ from the reference's in any bit. */
  static void requireEqual(Graph g, Map<Value, double[]> given, Map<Value, double[]> expected) {
    for (Columns.Reach reach : List.of(Columns.Reach.NONE, EVERYBODY)) {
      PlannedRun run = new PlannedRun(g, reach, new HashMap<>(given));
      g.inputs().forEach(v -> run.store(v, 0, given.get(v)));
      run.plan.live().nodes().forEach(run::execute);
      for (Value v : g.outputs()) {
        assertArrayEquals(expected.get(v), run.load(v, 0), v + " in the planned run");
      }
    }
  }

  private void execute(Node n) {
    if (n.op() instanceof Scan scan) {
      Loop loop = scan.loop();
      for (Loop.Carry c : loop.carries()) {
        double[] first = load(c.first(), 0);
        System.arraycopy(first, 0, arena, plan.firstSlot(c).base(), first.length);
      }
      List<Node> body = plan.live().body(loop);
      for (int i = 0; i < loop.steps(); i++) {
        int t = loop.reverse() ? loop.steps() - 1 - i : i;
        body.forEach(b -> execute(b, t));
      }
    } else {
      execute(n, 0);
    }
    if (plan.scratch(n) >= 0) {
      Arrays.fill(arena, plan.scratch(n), plan.scratch(n) + 5, Double.NaN);
    }
  }

  private void execute(Node n, int t) {
    if (n.op().viewOffset(n) >= 0 || columns.movesNothing(n)) {
      return;
    }
    double[][] in = n.in().stream().map(v -> load(v, t)).toArray(double[][]::new);
    double[][] out = new double[n.out().size()][];
    for (int i = 0; i < out.length; i++) {
      out[i] = new double[n.out(i).shape().size()];
    }
    n.op().reference(n, in, out);
    for (int i = 0; i < out.length; i++) {
      store(n.out(i), t, out[i]);
    }
    if (plan.scratch(n) >= 0) {
      Arrays.fill(arena, plan.scratch(n), plan.scratch(n) + 5, Double.NaN);
    }
  }

  private double[] load(Value v, int t) {
    double[] data = new double[v.shape().size()];
    if (columns.overlaps(v)) {
      double[][] unfolded = {load(v.node().in(0), t)};
      v.node().op().reference(v.node(), unfolded, new double[][] {data});
      return data;
    }
    copyRows(v, t, (at, from, width) -> System.arraycopy(home(v), at, data, from, width));
    return data;
  }

  private void store(Value v, int t, double[] data) {
    copyRows(v, t, (at, from, width) -> System.arraycopy(data, from, arena, at, width));
  }

  private double[] home(Value v) {
    return plan.holder(v) == null ? arena : given.get(plan.holder(v));
  }

  private interface RowCopy {
    void copy(int at, int from, int width);
  }

  private void copyRows(Value v, int t, RowCopy copy) {
    int width = v.shape().rank() == 0 ? 1 : v.shape().dim(-1);
    for (int row = 0; row * width < v.shape().size(); row++) {
      copy.copy(plan.place(v).at(t) + row * columns.distance(v), row * width, width);
    }
  }
}
