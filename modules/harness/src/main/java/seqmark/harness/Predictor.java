package seqmark.harness;

import java.nio.file.Path;
import java.util.Optional;

/** A trained trial that answers typed input. */
public final class Predictor implements AutoCloseable {
  private Predictor() {}

  /**
   * What a trial makes of an input.
   *
   * @param output the output in readable form
   * @param attention where it looked, if the model attends
   */
  public record Prediction(String output, Optional<TrialResult.AttentionMap> attention) {}

  /**
   * Loads the best weights of a trial.
   *
   * @param folder an experiment's output folder
   * @param trial the trial's id
   * @throws UserError if there is no such trial (listing those there are) or no usable checkpoint
   */
  public static Predictor open(Path folder, String trial, Registry registry, String backend) {
    throw new UnsupportedOperationException();
  }

  /**
   * The model's answer.
   *
   * @throws UserError if the input has a symbol that the task does not know
   */
  public Prediction predict(String input) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
