package seqmark.harness;

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
   * Explains a typical training step (median lengths) of a model on a task.
   *
   * @param model the model's label in the config
   * @param task the task's label in the config
   * @throws UserError if the config has no such model or task, listing those it has
   */
  public static Explanation of(
      ExperimentConfig config, Registry registry, String backend, String model, String task) {
    throw new UnsupportedOperationException();
  }
}
