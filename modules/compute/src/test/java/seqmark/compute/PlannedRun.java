package seqmark.compute;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Replays a graph with all step values in one arena that starts full of NaN, as backends do. */
final class PlannedRun {
  private final MemoryPlan plan;
  private final Map<Value, double[]> given;
  private final double[] arena;

  private PlannedRun(Graph g, Map<Value, double[]> given) {
    plan = new MemoryPlan(g, n -> 5);
    this.given = given;
    arena = new double[plan.arenaFloats()];
    Arrays.fill(arena, Double.NaN);
  }

  /** Fails if the outputs differ from the reference's in any bit. */
  static void requireEqual(Graph g, Map<Value, double[]> given, Map<Value, double[]> expected) {
    PlannedRun run = new PlannedRun(g, new HashMap<>(given));
    g.inputs().forEach(v -> run.store(v, 0, given.get(v)));
    run.plan.live().nodes().forEach(run::execute);
    for (Value v : g.outputs()) {
      assertArrayEquals(expected.get(v), run.load(v, 0), v + " in the planned run");
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
    if (n.op().viewOffset(n) >= 0) {
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
    int at = plan.place(v).at(t);
    double[] home = plan.holder(v) == null ? arena : given.get(plan.holder(v));
    return Arrays.copyOfRange(home, at, at + v.shape().size());
  }

  private void store(Value v, int t, double[] data) {
    System.arraycopy(data, 0, arena, plan.place(v).at(t), data.length);
  }
}
