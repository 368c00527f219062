package seqmark.harness;

import java.util.List;
import seqmark.compute.Backend;
import seqmark.compute.Session;
import seqmark.nn.train.Extents;
import seqmark.nn.train.Footprint;
import seqmark.nn.train.TrainingStep;
import seqmark.tasks.Example;
import seqmark.tasks.Split;

/**
 * What a model on a task costs, known without training.
 *
 * @param graph the training graph, a line per node
 * @param width the main width, solved for the budget if there is one
 * @param parameters trainable numbers
 * @param batch examples per step
 * @param sourceLength padded source length of the explained step
 * @param targetLength padded target length of the explained step
 * @param flopsPerStep floating-point operations of one step
 * @param flopsPerToken the same per target token, as reports count them
 * @param bytesPerStep bytes read and written by one step
 * @param peakBytes memory of the step: arena, parameters, optimizer state
 * @param states what is kept while generating, by source length
 */
public record Explanation(
    String graph,
    int width,
    long parameters,
    int batch,
    int sourceLength,
    int targetLength,
    long flopsPerStep,
    long flopsPerToken,
    long bytesPerStep,
    long peakBytes,
    List<StateSize> states) {

  /**
   * Explains a training step on examples of median length.
   *
   * @param model the model's label in the config
   * @param task the task's label in the config
   * @throws UserError if the config has no such model or task, listing those it has
   */
  public static Explanation of(
      ExperimentConfig config, Registry registry, String backend, String model, String task) {
    Prepared trial = Prepared.of(config, registry, model, task);
    return new Blame(registry, trial.plan()).during(() -> of(trial, registry.backend(backend)));
  }

  private static Explanation of(Prepared trial, Backend backend) {
    Part shown = trial.corpus().of(Split.TRAIN);
    int batch = trial.plan().train().batch();
    Example median = medianLength(shown);
    Extents one =
        Extents.of(
            trial.model(), Batches.sources(List.of(median)), Batches.targets(List.of(median)));
    Extents extents = new Extents(batch, one.source(), one.target(), one.features(), one.labels());
    long seed = trial.plan().seed();
    try (Session session = backend.open(seed, 1)) {
      Footprint footprint =
          new TrainingStep(trial.model(), session, trial.plan().train().recipe(seed))
              .footprint(extents);
      return new Explanation(
          footprint.print(),
          trial.entry().width(),
          footprint.parameters(),
          batch,
          extents.source(),
          extents.predicted(),
          footprint.step().flops(),
          footprint.step().flops() / (batch * (long) predicted(median, extents)),
          footprint.step().bytes(),
          footprint.peakBytes(),
          StateSize.of(trial.entry(), trial.corpus().problem()));
    }
  }

  /** Tokens that count in the loss: the target and, where it is written, its end. */
  private static int predicted(Example example, Extents extents) {
    return example.target().length + (extents.labels() ? 0 : 1);
  }

  private static Example medianLength(Part examples) {
    return examples.get(examples.byNumbers()[examples.size() / 2]);
  }
}
