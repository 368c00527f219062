package seqmark.harness;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import seqmark.nn.ModelProvider;
import seqmark.nn.Problem;
import seqmark.nn.SequenceModel;
import seqmark.tasks.Task;
import seqmark.tasks.TaskProvider;

/**
 * What to compare, as a config file says it, with all defaults filled in and everything checked.
 *
 * @param name names the experiment and its output folder; file-name safe
 * @param seeds one trial of everything for each
 * @param budget what all models must have in common
 * @param train how models are trained
 * @param decode how outputs are written
 * @param tasks what to learn
 * @param models what learns it
 * @param grid values to try, by the path of what they replace; empty for none
 * @param folder where relative paths of tasks start: the config file's folder
 * @param yaml all of this as YAML
 */
public record ExperimentConfig(
    String name,
    List<Long> seeds,
    Budget budget,
    Train train,
    Decode decode,
    List<TaskEntry<?>> tasks,
    List<ModelEntry<?>> models,
    Map<String, List<String>> grid,
    Path folder,
    String yaml) {

  /**
   * Reads a config file.
   *
   * @param overrides {@code path.to.key=value}, applied in this order before anything is checked
   * @throws UserError for anything wrong with it: what, in which line, and what would be right
   */
  public static ExperimentConfig read(Path file, List<String> overrides, Registry registry) {
    throw new UnsupportedOperationException();
  }

  /**
   * What all models have in common.
   *
   * @param parameters trainable numbers (within 2%); 0 for no budget
   */
  public record Budget(long parameters) {}

  /**
   * How models are trained.
   *
   * @param steps most training steps
   * @param batch examples per step
   * @param optimizer what turns gradients into updates
   * @param schedule how the learning rate changes with the step
   * @param clip largest global gradient norm; 0 for no clipping
   * @param labelSmoothing probability given to all symbols alike, in [0, 1)
   * @param evaluateEvery steps between validations
   * @param patience validations without improvement until training stops; 0 for never
   */
  public record Train(
      int steps,
      int batch,
      Optimizer optimizer,
      Schedule schedule,
      double clip,
      double labelSmoothing,
      int evaluateEvery,
      int patience) {}

  /**
   * What turns gradients into updates.
   *
   * @param adamw Adam with decoupled weight decay
   */
  public record Optimizer(Adamw adamw) {}

  /**
   * AdamW (Loshchilov and Hutter 2019).
   *
   * @param lr the highest learning rate
   * @param beta1 decay of the mean of gradients, in [0, 1)
   * @param beta2 decay of the mean of squared gradients, in [0, 1)
   * @param epsilon added to the root of the latter
   * @param weightDecay fraction of the weights taken away per step, times the learning rate
   */
  public record Adamw(
      double lr, double beta1, double beta2, double epsilon, double weightDecay) {}

  /**
   * How the learning rate changes with the step.
   *
   * @param cosine up in a line, then down along a cosine to zero
   */
  public record Schedule(Cosine cosine) {}

  /**
   * Linear warm-up, then half a cosine down to zero at the last step.
   *
   * @param warmup steps of warm-up
   */
  public record Cosine(int warmup) {}

  /**
   * How outputs are written.
   *
   * @param beam hypotheses kept on the test set; 1 is greedy
   * @param validationExamples most examples decoded (greedily) at each validation
   */
  public record Decode(int beam, int validationExamples) {}

  /**
   * A task of the config.
   *
   * @param label the id, with what tells it from other entries of the same id
   * @param provider what builds it
   * @param options its parameters
   */
  public record TaskEntry<C extends Record>(String label, TaskProvider<C> provider, C options) {
    /** The data of a seed. */
    Task create(long seed, Path folder) {
      return provider.create(options, seed, folder);
    }
  }

  /**
   * A model of the config.
   *
   * @param label the id, with what tells it from other entries of the same id
   * @param provider what builds it
   * @param options its settings, before a budget changes the width
   */
  public record ModelEntry<C extends Record>(String label, ModelProvider<C> provider, C options) {
    /** The model with the configured width. */
    SequenceModel create(Problem problem) {
      return provider.create(options, problem);
    }
  }
}
