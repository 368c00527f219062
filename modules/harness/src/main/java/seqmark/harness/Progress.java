package seqmark.harness;

/**
 * Where a trial is. Reported by the trial's own thread a few times per second at most, and at every
 * change of phase.
 *
 * @param trial the trial's id
 * @param phase what it does now
 * @param step training steps done
 * @param steps training steps planned
 * @param loss training loss in nats per token, smoothed; NaN before the first step
 * @param tokensPerSecond target tokens trained on per second; 0 before it is known
 * @param secondsLeft estimated wall time until the trial ends; NaN before it is known
 * @param message why the trial failed or diverged; empty otherwise
 */
public record Progress(
    String trial,
    Phase phase,
    int step,
    int steps,
    double loss,
    double tokensPerSecond,
    double secondsLeft,
    String message) {

  /** What a trial does. */
  public enum Phase {
    /** Not begun. */
    WAITING,
    /** Tracing and compiling the first step. */
    COMPILING,
    /** Steps of training. */
    TRAINING,
    /** Loss and metrics on the validation set. */
    VALIDATING,
    /** The test set, once. */
    TESTING,
    /** Done, now or in an earlier run. */
    FINISHED,
    /** Loss or gradients became NaN or infinite. */
    DIVERGED,
    /** An error; see the message. */
    FAILED,
    /** Stopped on request; the same command goes on with it. */
    STOPPED
  }
}
