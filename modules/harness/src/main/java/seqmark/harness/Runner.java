package seqmark.harness;

import java.util.function.Consumer;

/** Runs the trials of an experiment that are not finished yet, and keeps their results. */
public final class Runner {
  /**
   * Prepares a run; {@link #run} does it.
   *
   * @param progress told how trials get on; called by several threads
   */
  public Runner(
      ExperimentConfig config,
      Registry registry,
      RunOptions options,
      Consumer<Progress> progress) {}

  /**
   * Trains and tests all trials; goes on where an earlier run of the same config stopped.
   *
   * @return all results; trials are still {@link TrialResult.Status#OPEN} if {@link #stop} was
   *     called
   * @throws UserError for a config that cannot be run, a folder of another config, a checkpoint
   *     that cannot be used, a full disk
   */
  public Experiment run() {
    throw new UnsupportedOperationException();
  }

  /**
   * Asks all trials to stop after their current step and to save a checkpoint; {@link #run} then
   * returns. May be called from any thread, as a shutdown hook or signal handler does.
   */
  public void stop() {}
}
