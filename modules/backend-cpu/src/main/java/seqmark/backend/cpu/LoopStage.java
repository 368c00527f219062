package seqmark.backend.cpu;

import java.util.List;
import seqmark.compute.Loop;
import seqmark.compute.Node;
import seqmark.compute.Scan;

/**
 * A loop. Where no op of its body mixes batch rows, every thread runs all steps for its own rows,
 * with no waiting in between; otherwise one thread runs it.
 *
 * <p>Where steps go through much of every batch row again, as attention does through its memory, a
 * thread runs all steps for a few rows, then for the next: what they go through stays in the
 * second-level cache, beside the weights.
 */
final class LoopStage implements Stage {
  /** The first value of a carry and the place where step 0 looks for it, {@code size} floats. */
  record Entry(Operand first, Operand slot, int size) {}

  /** Floats that steps may go through again, and leave room for weights in the cache. */
  private static final int CACHED = 1 << 17;

  /** Rows taken at a time if they are more, enough for a tile of a product. */
  private static final int FEW = 8;

  private final Node node;
  private final int steps;
  private final boolean reverse;
  private final int rows;
  private final Entry[] entries;
  private final Kernel[] kernels;
  private final int[] unitsPerRow;
  private final long floatsAgain;
  private final Workers.Task[] preparations;
  private final Workers.Task body = this::run;

  /**
   * A loop with its body's kernels in order.
   *
   * @param node the {@link Scan}
   * @param rows the number of batch rows that the body may be split by, or 1
   */
  LoopStage(Node node, int rows, List<Entry> entries, List<Kernel> kernels) {
    Loop loop = ((Scan) node.op()).loop();
    this.node = node;
    this.steps = loop.steps();
    this.reverse = loop.reverse();
    this.entries = entries.toArray(Entry[]::new);
    this.kernels = kernels.toArray(Kernel[]::new);
    this.preparations =
        kernels.stream()
            .map(k -> (Workers.Task) (from, to) -> k.prepare(0, from, to))
            .toArray(Workers.Task[]::new);
    boolean whole = kernels.stream().anyMatch(k -> preparesInside(k) || k.units() % rows != 0);
    this.rows = whole ? 1 : rows;
    this.unitsPerRow = kernels.stream().mapToInt(k -> k.units() / this.rows).toArray();
    this.floatsAgain = kernels.stream().mapToLong(Kernel::floatsAgain).sum();
  }

  private static boolean preparesInside(Kernel k) {
    return k.prepareUnits() > 0 && k.preparesEveryStep();
  }

  @Override
  public List<Node> nodes() {
    return List.of(node);
  }

  @Override
  public void run(Workers workers) {
    for (int i = 0; i < kernels.length; i++) {
      if (kernels[i].prepareUnits() > 0 && !kernels[i].preparesEveryStep()) {
        workers.run(kernels[i].prepareUnits(), preparations[i]);
      }
    }
    workers.run(rows, body);
  }

  private void run(int fromRow, int toRow) {
    int count = floatsAgain * (toRow - fromRow) > CACHED ? FEW : toRow - fromRow;
    for (int row = fromRow; row < toRow; row += count) {
      steps(row, Math.min(row + count, toRow));
    }
  }

  private void steps(int fromRow, int toRow) {
    for (Entry e : entries) {
      int from = e.size / rows * fromRow;
      int to = e.size / rows * toRow;
      System.arraycopy(
          e.first.data(), e.first.at(0) + from, e.slot.data(), e.slot.at(0) + from, to - from);
    }
    for (int i = 0; i < steps; i++) {
      step(reverse ? steps - 1 - i : i, fromRow, toRow);
    }
  }

  private void step(int t, int fromRow, int toRow) {
    for (int i = 0; i < kernels.length; i++) {
      Kernel k = kernels[i];
      if (preparesInside(k)) {
        k.prepare(t, 0, k.prepareUnits());
      }
      k.run(t, unitsPerRow[i] * fromRow, unitsPerRow[i] * toRow);
    }
  }
}
