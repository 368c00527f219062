package seqmark.harness;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import seqmark.compute.Session;
import seqmark.harness.Progress.Phase;
import seqmark.harness.TrialResult.CurvePoint;
import seqmark.nn.Sources;
import seqmark.nn.train.Extents;
import seqmark.nn.train.Footprint;
import seqmark.nn.train.TrainingStep;
import seqmark.tasks.Example;
import seqmark.tasks.Metric;
import seqmark.tasks.Split;

/**
 * Trains a trial, validates it as it goes, and tests its best weights once at the end.
 *
 * <p>What is kept, and in which order: at a validation first the hash of the data and the curve's
 * point, then the best weights if they are new, then the checkpoint. A process that dies in between
 * goes on from the checkpoint before, comes to the same numbers and writes the same files again.
 */
final class Trainer {
  private final Prepared trial;
  private final Train settings;
  private final Session session;
  private final Checkpoints checkpoints;
  private final Store store;
  private final Reporter reporter;
  private final BooleanSupplier stop;
  private final Metric decisive;
  private final TrainingStep training;
  private final Evaluator evaluator;
  private final Batches batches;
  private final Map<Extents, Footprint> footprints = new HashMap<>();
  private TrialState state;
  private Throughput throughput;

  /**
   * Prepares a trial; nothing is read or traced yet.
   *
   * @param session of the trial's seed, empty
   * @param stop asked after every step
   */
  Trainer(
      Prepared trial,
      Session session,
      Checkpoints checkpoints,
      Store store,
      Reporter reporter,
      BooleanSupplier stop) {
    this.trial = trial;
    this.settings = trial.plan().train();
    this.session = session;
    this.checkpoints = checkpoints;
    this.store = store;
    this.reporter = reporter;
    this.stop = stop;
    this.decisive = trial.corpus().task().metrics().getFirst();
    long seed = trial.plan().seed();
    this.training = new TrainingStep(trial.model(), session, settings.recipe(seed));
    this.evaluator = new Evaluator(trial, session, stop);
    this.batches = new Batches(trial.corpus().of(Split.TRAIN), settings.batch(), seed);
  }

  /**
   * Goes on from the checkpoint, if there is one, to the end of the trial.
   *
   * @throws Stopped if it was asked to stop; the checkpoint is that of the last step
   * @throws Diverged if a loss or gradient is not finite
   */
  void run() {
    state = checkpoints.restoreLast(session).orElse(TrialState.START);
    throughput = new Throughput(state.timedSeconds(), state.timedTokens());
    reporter.begin(state.step());
    try {
      train();
    } catch (Stopped e) {
      if (state.step() > 0) {
        noteData();
        save();
      }
      throw e;
    }
    reporter.phase(Phase.TESTING, "");
    String hash = checkpoints.restoreBest(session, state.bestStep());
    store.finished(trial.id(), TestResult.of(trial.corpus(), evaluator, hash));
  }

  private void train() {
    while (true) {
      if (validationIsDue()) {
        validate();
      }
      if (isOver()) {
        return;
      }
      Stopped.check(stop);
      step();
    }
  }

  private boolean validationIsDue() {
    return state.step() > state.validatedAt()
        && (state.step() % settings.evaluateEvery() == 0 || state.step() == settings.steps());
  }

  private boolean isOver() {
    boolean patient = settings.patience() == 0 || state.sinceBest() < settings.patience();
    return state.step() >= settings.steps() || !patient;
  }

  private void step() {
    List<Example> batch = batches.at(state.step());
    Sources sources = Batches.sources(batch);
    int[][] targets = Batches.targets(batch);
    // Traces and compiles a new shape of batch now, so that this is not timed.
    Footprint footprint =
        footprints.computeIfAbsent(Extents.of(trial.model(), sources, targets), this::footprint);
    reporter.stepBegins();
    long start = System.nanoTime();
    TrainingStep.Report report = training.run(state.step(), sources, targets);
    double took = (System.nanoTime() - start) * 1e-9;
    if (!report.finite()) {
      String where =
          training
              .firstNonFinite(state.step(), sources, targets)
              .map(node -> "first at " + node.name() + " (" + node.origin() + ")")
              .orElse("beyond float32, finite in float64");
      throw new Diverged(
          "training diverged at step %d: loss %s, gradient norm %s, %s; try a smaller learning rate"
              .formatted(state.step() + 1, report.loss(), report.gradientNorm(), where));
    }
    state = state.trained(report, footprint, took);
    throughput.add(took, report.tokens());
    reporter.step(state.step(), report.loss(), throughput.tokensPerSecond());
  }

  private Footprint footprint(Extents extents) {
    Footprint footprint = training.footprint(extents);
    if (!footprint.referenceOps().isEmpty()) {
      store.ranByReference(trial.plan().model().label(), footprint.referenceOps());
    }
    return footprint;
  }

  private void validate() {
    reporter.phase(Phase.VALIDATING, "");
    noteData();
    double loss = evaluator.validationLoss();
    if (!Double.isFinite(loss)) {
      throw new Diverged("training diverged at step " + state.step() + ": validation loss " + loss);
    }
    Map<String, Double> values = evaluator.validation().metrics();
    CurvePoint point =
        new CurvePoint(
            state.step(), state.tokens(), state.seconds(), state.trainLoss(), loss, values);
    state = state.validated(values.get(decisive.name()), loss, decisive.higherIsBetter());
    store.validated(trial.id(), state, throughput.tokensPerSecond(), point);
    if (state.bestStep() == state.step()) {
      checkpoints.saveBest(session, state.step());
    }
    save();
    reporter.phase(Phase.TRAINING, "");
  }

  private void noteData() {
    store.trainedOn(trial.id(), trial.corpus().hash());
  }

  private void save() {
    state = state.timed(throughput.seconds(), throughput.tokens());
    checkpoints.saveLast(session, state);
  }
}
