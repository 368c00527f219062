package seqmark.harness;

import java.util.List;
import java.util.Map;

/**
 * Everything known of one trial: model × task × setting × seed.
 *
 * @param id file-name safe and unique in its experiment, for instance {@code g2p-bahdanau-1}
 * @param model the model's label: its id, with the config's distinguishing options if several
 *     entries of the config have the same id
 * @param task the task's label, likewise
 * @param seed what parameters, data order and dropout depend on
 * @param setting the values of the config's grid in this trial; empty without a grid
 * @param status how far it is
 * @param message why it failed or diverged; empty otherwise
 * @param parameters trainable numbers
 * @param flopsPerToken floating-point operations of training per target token: forward, backward
 *     and update, padding included
 * @param peakBytes memory of the largest training step: arena, parameters, optimizer state
 * @param steps training steps done
 * @param bestStep the step whose weights were tested
 * @param trainTokensPerSecond target tokens per second of training proper, warm-up left out
 * @param trainSeconds wall time in training steps
 * @param dataHash SHA-256 of the examples used, hexadecimal
 * @param weightsHash SHA-256 of the tested weights' bits, hexadecimal
 * @param metrics test metrics by name, the task's first metric first
 * @param intervals of each test metric, by a bootstrap over test examples
 * @param higherIsBetter for each metric
 * @param chance what the best way of guessing scores, for each metric
 * @param difficulty what buckets are sorted by, for instance {@code source length (symbols)}
 * @param shared how many test examples have a source that training shows too
 * @param curve validation during training
 * @param buckets test metrics by difficulty
 * @param attention maps of a few test examples, if the model attends
 * @param samples a few test examples with the model's output
 */
public record TrialResult(
    String id,
    String model,
    String task,
    long seed,
    Map<String, String> setting,
    Status status,
    String message,
    long parameters,
    double flopsPerToken,
    long peakBytes,
    int steps,
    int bestStep,
    double trainTokensPerSecond,
    double trainSeconds,
    String dataHash,
    String weightsHash,
    Map<String, Double> metrics,
    Map<String, Interval> intervals,
    Map<String, Boolean> higherIsBetter,
    Map<String, Double> chance,
    String difficulty,
    int shared,
    List<CurvePoint> curve,
    List<Bucket> buckets,
    List<AttentionMap> attention,
    List<Sample> samples) {

  /** How far a trial is. */
  public enum Status {
    /** Not begun, or interrupted: the same command goes on with it. */
    OPEN,
    /** Trained and tested. */
    FINISHED,
    /** Loss or gradients became NaN or infinite. */
    DIVERGED,
    /** An error; see the message. */
    FAILED
  }

  /**
   * The state at an evaluation.
   *
   * @param step training steps so far
   * @param tokens target tokens trained on so far
   * @param seconds wall time in training steps so far
   * @param trainLoss mean loss in nats per token since the last point
   * @param validationLoss mean loss in nats per token
   * @param metrics validation metrics by name
   */
  public record CurvePoint(
      int step,
      long tokens,
      double seconds,
      double trainLoss,
      double validationLoss,
      Map<String, Double> metrics) {}

  /**
   * Test metrics of the examples of one difficulty, or of a range if there are many.
   *
   * @param difficulty the number that they have in common; the middle of the range
   * @param examples how many there are
   * @param metrics by name
   * @param chance what guessing scores, by name
   */
  public record Bucket(
      int difficulty, int examples, Map<String, Double> metrics, Map<String, Double> chance) {}

  /**
   * Where a model looked while it wrote an output.
   *
   * @param source symbols of the source
   * @param output symbols of the output, the end included
   * @param weights one row per output symbol, one column per source symbol
   */
  public record AttentionMap(List<String> source, List<String> output, double[][] weights) {}

  /**
   * One test example in readable form.
   *
   * @param source the source
   * @param target the right answer
   * @param output what the model wrote
   * @param right whether the output equals any right answer
   */
  public record Sample(String source, String target, String output, boolean right) {}
}
