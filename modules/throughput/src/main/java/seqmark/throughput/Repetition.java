package seqmark.throughput;

import seqmark.compute.Reference;
import seqmark.compute.Session;
import seqmark.nn.SequenceModel;

/** How many sequences of a batch differ, so that the float64 reference can take them. */
final class Repetition {
  /** Operations that the reference may take for a step of the gate: about a second. */
  private static final double REFERENCE_FLOPS = 2e8;

  private Repetition() {}

  /**
   * As many sequences as the reference can take, of which the batch is a multiple. This traces the
   * model, so it is no matter of the virtual machine that measures.
   */
  static int distinct(Case of, SequenceModel model, long seed, int vocabulary) {
    try (Session session = new Reference().open(seed, 1)) {
      Sequences one = Sequences.of(seed, vocabulary, 1, 1, of.length());
      double flops = Workload.of(of.work(), model, session, one).cost().flops();
      return distinct(of.batch(), flops);
    }
  }

  /**
   * The same for a sequence of so many operations.
   *
   * @return a divisor of the batch
   */
  static int distinct(int batch, double flops) {
    int distinct = batch;
    while (distinct > 1 && (batch % distinct != 0 || distinct * flops > REFERENCE_FLOPS)) {
      distinct--;
    }
    return distinct;
  }
}
