package seqmark.backend.cpu;

import seqmark.compute.Cost;

/** A node outside of loops. */
final class NodeStage implements Stage {
  /** Waking the other threads and waiting for them takes as long as about this much work. */
  private static final double WORTH_NANOS = 4_000;

  private static final double FLOPS_PER_NANO = 40;
  private static final double BYTES_PER_NANO = 10;

  private final Kernel kernel;
  private final boolean split;
  private final Workers.Task prepare;
  private final Workers.Task run;

  NodeStage(Kernel kernel, Cost cost) {
    this.kernel = kernel;
    double nanos = cost.flops() / FLOPS_PER_NANO + cost.bytes() / BYTES_PER_NANO;
    split = nanos > WORTH_NANOS;
    prepare = (from, to) -> kernel.prepare(0, from, to);
    run = (from, to) -> kernel.run(0, from, to);
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
}
