package seqmark.throughput;

import java.util.List;
import seqmark.compute.Cost;
import seqmark.compute.Program;
import seqmark.compute.Session;
import seqmark.harness.ThroughputConfig.Work;
import seqmark.nn.SequenceModel;

/** A part of a model's life on a batch, compiled and ready to be repeated. */
interface Workload {
  /**
   * Compiles a part of a model's life for a batch.
   *
   * @param session where the weights are, or get their first values
   */
  static Workload of(Work work, SequenceModel model, Session session, Sequences batch) {
    return switch (work) {
      case TRAINING -> new TrainingWorkload(model, session, batch);
      case FORWARD -> new ForwardWorkload(model, session, batch);
      case GENERATION -> new GenerationWorkload(model, session, batch);
    };
  }

  /** Moves a batch in, computes, moves out what the caller of a real step would read. */
  void step();

  /** What {@link #step} computes, on data that is where it was. */
  default void resident() {
    program().run();
  }

  /** What the last step left behind. */
  List<Output> outputs();

  /** What is repeated. */
  Program program();

  /** The cost of one step. */
  Cost cost();

  /** Bytes of parameters, state and step memory together. */
  long memoryBytes();
}
