package seqmark.throughput;

import java.util.OptionalDouble;
import seqmark.compute.Backend;
import seqmark.compute.Profile;
import seqmark.compute.Reference;
import seqmark.compute.Session;
import seqmark.harness.ExperimentConfig.ModelEntry;
import seqmark.harness.Registry;
import seqmark.harness.ThroughputConfig;
import seqmark.harness.ThroughputConfig.Execution;
import seqmark.nn.Problem;
import seqmark.nn.SequenceModel;

/** A case in the virtual machine that measures it: compiled, checked, ready to be timed. */
final class Subject implements AutoCloseable {
  private final Session session;
  private final Workload workload;
  private final Facts facts;
  private double kernelNanos;
  private double watts;
  private long profiles;

  private Subject(Session session, Workload workload, Facts facts) {
    this.session = session;
    this.workload = workload;
    this.facts = facts;
  }

  /**
   * Opens a case of a config. The first step of its backend's life is the one that is told, and no
   * model has been traced before.
   *
   * @param distinct how many sequences differ; a divisor of the batch
   */
  static Subject open(Case of, int distinct, ThroughputConfig config, Registry registry) {
    Execution execution =
        config.backends().stream()
            .filter(e -> e.label().equals(of.backend()))
            .findFirst()
            .orElseThrow();
    ModelEntry<?> model =
        config.models().stream()
            .filter(m -> m.label().equals(of.model()))
            .findFirst()
            .orElseThrow();
    Problem problem =
        Problem.of(config.vocabulary(), config.vocabulary(), of.length(), of.length());
    Backend backend = execution.in(registry);
    return open(
        of,
        distinct,
        model.create(problem),
        backend,
        execution.threads(),
        config.seed(),
        config.vocabulary());
  }

  /** The same with everything in hand. */
  static Subject open(
      Case of,
      int distinct,
      SequenceModel model,
      Backend backend,
      int threads,
      long seed,
      int vocabulary) {
    Sequences batch = Sequences.of(seed, vocabulary, of.batch(), distinct, of.length());
    Session session = backend.open(seed, threads);
    long start = System.nanoTime();
    Workload workload = Workload.of(of.work(), model, session, batch);
    long compiled = System.nanoTime();
    workload.step();
    long stepped = System.nanoTime();
    Sequences few = Sequences.of(seed, vocabulary, distinct, distinct, of.length());
    Gate gate = gate(of, model, workload, few, seed);
    Facts facts =
        new Facts(
            gate,
            compiled - start,
            stepped - compiled,
            workload.cost().flops(),
            workload.cost().bytes(),
            workload.memoryBytes(),
            String.join(", ", workload.program().referenceOps()),
            gate.green() && workload.program().profile().isPresent(),
            OptionalDouble.empty(),
            OptionalDouble.empty());
    return new Subject(session, workload, facts);
  }

  /** Both ways of stepping, one after the other, beside the reference. */
  private static Gate gate(
      Case of, SequenceModel model, Workload workload, Sequences few, long seed) {
    try (Session session = new Reference().open(seed, 1)) {
      Workload reference = Workload.of(of.work(), model, session, few);
      reference.step();
      Gate moved = Gate.compare(few.batch(), workload.outputs(), reference.outputs());
      reference.resident();
      workload.resident();
      return moved.and(Gate.compare(few.batch(), workload.outputs(), reference.outputs()));
    }
  }

  /** What there is to tell of it; from the profiler too, if that ran. */
  Facts facts() {
    if (profiles == 0) {
      return facts;
    }
    OptionalDouble power = watts > 0 ? OptionalDouble.of(watts / profiles) : OptionalDouble.empty();
    return facts.with(OptionalDouble.of(kernelNanos / profiles), power);
  }

  void step() {
    workload.step();
  }

  void resident() {
    workload.resident();
  }

  /** What the profiler said before was warm-up. */
  void startCounting() {
    kernelNanos = 0;
    watts = 0;
    profiles = 0;
  }

  void profile() {
    Profile profile = workload.program().profile().orElseThrow();
    kernelNanos += profile.kernelNanos();
    watts += profile.watts().orElse(0);
    profiles++;
  }

  @Override
  public void close() {
    session.close();
  }
}
