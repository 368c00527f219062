package seqmark.harness;

import java.util.List;
import java.util.stream.IntStream;
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
 * @param bytesPerStep bytes read and written by one step
 * @param peakBytes memory of the step: arena, parameters, optimizer state
 */
public record Explanation(
    String graph,
    int width,
    long parameters,
    int batch,
    int sourceLength,
    int targetLength,
    long flopsPerStep,
    long bytesPerStep,
    long peakBytes) {

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
    List<Example> shown = trial.corpus().of(Split.TRAIN);
    int batch = trial.plan().train().batch();
    Extents extents =
        new Extents(
            batch,
            Math.max(1, median(shown.stream().mapToInt(e -> e.source().length))),
            1 + median(shown.stream().mapToInt(e -> e.target().length)),
            trial.corpus().problem().features());
    long seed = trial.plan().seed();
    try (Session session = registry.backend(backend).open(seed, 1)) {
      Footprint footprint =
          new TrainingStep(trial.model(), session, trial.plan().train().recipe(seed))
              .footprint(extents);
      return new Explanation(
          footprint.print(),
          trial.entry().width(),
          footprint.parameters(),
          batch,
          extents.source(),
          extents.target(),
          footprint.step().flops(),
          footprint.step().bytes(),
          footprint.peakBytes());
    }
  }

  private static int median(IntStream lengths) {
    int[] sorted = lengths.sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
