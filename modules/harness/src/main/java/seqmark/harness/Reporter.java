package seqmark.harness;

import java.util.function.Consumer;

/** Tells how a trial gets on, not more often than anyone can read. */
final class Reporter {
  private static final double INTERVAL = 0.2;
  private static final double SMOOTHING = 0.05;

  private final String trial;
  private final int steps;
  private final Consumer<Progress> progress;
  private long start = System.nanoTime();
  private int firstStep;
  private int step;
  private double loss = Double.NaN;
  private double tokensPerSecond;
  private double reported = Double.NEGATIVE_INFINITY;

  Reporter(String trial, int steps, Consumer<Progress> progress) {
    this.trial = trial;
    this.steps = steps;
    this.progress = progress;
  }

  /** The trial goes on from a step. */
  void begin(int fromStep) {
    start = System.nanoTime();
    firstStep = fromStep;
    step = fromStep;
    phase(Progress.Phase.COMPILING, "");
  }

  /** A training step, which has been compiled, begins; only the first one is reported. */
  void stepBegins() {
    if (step == firstStep) {
      phase(Progress.Phase.TRAINING, "");
    }
  }

  /** A training step is done. */
  void step(int done, double stepLoss, double rate) {
    boolean first = step == firstStep;
    step = done;
    loss = Double.isNaN(loss) ? stepLoss : loss + SMOOTHING * (stepLoss - loss);
    tokensPerSecond = rate;
    if (first || elapsed() - reported >= INTERVAL) {
      phase(Progress.Phase.TRAINING, "");
    }
  }

  /** The trial does something else now. */
  void phase(Progress.Phase phase, String message) {
    reported = elapsed();
    progress.accept(
        new Progress(trial, phase, step, steps, loss, tokensPerSecond, secondsLeft(), message));
  }

  /** At the pace so far, validations included. */
  private double secondsLeft() {
    int done = step - firstStep;
    return done == 0 ? Double.NaN : elapsed() / done * (steps - step);
  }

  private double elapsed() {
    return (System.nanoTime() - start) * 1e-9;
  }
}
