package seqmark.harness;

import java.nio.file.Path;

/**
 * How to run an experiment. None of this changes its numbers, except for the backend.
 *
 * @param folder where everything is written
 * @param backend the backend's name
 * @param jobs trials side by side
 * @param threads threads per trial
 */
public record RunOptions(Path folder, String backend, int jobs, int threads) {
  /** The backend used where none is named. */
  public static final String DEFAULT_BACKEND = "cpu";

  /** Rejects what cannot be. */
  public RunOptions {
    if (jobs < 1) {
      throw new UserError("jobs: must be at least 1, but is " + jobs);
    }
    if (threads < 1) {
      throw new UserError("threads: must be at least 1, but is " + threads);
    }
  }

  /** The CPU backend, as many single-threaded trials side by side as there are cores. */
  public static RunOptions defaults(Path folder) {
    return new RunOptions(folder, DEFAULT_BACKEND, Runtime.getRuntime().availableProcessors(), 1);
  }
}
