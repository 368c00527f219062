package seqmark.backend.cpu;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import seqmark.compute.Cost;
import seqmark.compute.Node;

/**
 * A node outside of loops, with those behind it that change its result in place: they get some rows
 * of it after the other, as long as these are near.
 */
final class NodeStage implements Stage {
  /** Waking the other threads and waiting for them takes as long as about this much work. */
  private static final double WORTH_NANOS = 4_000;

  /**
   * Floats of the result that are changed while they are near: a first-level cache and a little.
   */
  private static final int NEAR = 1 << 14;

  private static final double FLOPS_PER_NANO = 40;
  private static final double BYTES_PER_NANO = 10;

  private final List<Node> nodes;
  private final Kernel kernel;
  private final Kernel[] followers;
  private final int[] unitsPerUnit;
  private final int unitsAtATime;
  private final boolean split;
  private final Workers.Task prepare;
  private final Workers.Task run = this::run;

  /**
   * A node, and those behind it that read and write, of its result, what their kernels' share of
   * units says.
   */
  NodeStage(List<Node> nodes, Map<Node, Kernel> kernels) {
    this.nodes = nodes;
    kernel = kernels.get(nodes.getFirst());
    followers = nodes.stream().skip(1).map(kernels::get).toArray(Kernel[]::new);
    unitsPerUnit = Arrays.stream(followers).mapToInt(k -> k.units() / kernel.units()).toArray();
    unitsAtATime = followers.length == 0 ? Integer.MAX_VALUE : near(nodes.getFirst());
    Cost cost = Cost.of(nodes);
    double nanos = cost.flops() / FLOPS_PER_NANO + cost.bytes() / BYTES_PER_NANO;
    split = nanos > WORTH_NANOS;
    prepare = (from, to) -> kernel.prepare(0, from, to);
  }

  /** Rows whose numbers are near, in whole tiles of eight. */
  private static int near(Node product) {
    return Math.clamp(NEAR / product.out(0).shape().dim(-1) & -8, 8, Gemm.HEIGHT);
  }

  @Override
  public List<Node> nodes() {
    return nodes;
  }

  @Override
  public void run(Workers workers) {
    run(workers, kernel.prepareUnits(), prepare);
    run(workers, kernel.units(), run);
  }

  private void run(Workers workers, int units, Workers.Task task) {
    if (split) {
      workers.run(units, task);
    } else if (units > 0) {
      task.run(0, units);
    }
  }

  private void run(int from, int to) {
    kernel.begin();
    int start = from;
    while (start < to) {
      int end = to - start > unitsAtATime ? start + unitsAtATime : to;
      kernel.run(0, start, end);
      for (int i = 0; i < followers.length; i++) {
        followers[i].run(0, start * unitsPerUnit[i], end * unitsPerUnit[i]);
      }
      start = end;
    }
  }
}
