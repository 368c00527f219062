package seqmark.cli;

/** What the process tells its caller. */
final class Exit {
  /** All is well. */
  static final int OK = 0;

  /** A bug, or something that nobody thought of. */
  static final int UNEXPECTED = 1;

  /** Bad usage or config, or another condition that the user can do something about. */
  static final int USER_ERROR = 2;

  /** The command did its work, but at least one trial failed or diverged. */
  static final int TRIAL_FAILED = 3;

  /** Ctrl-C, by the convention of shells: 128 and the number of the signal. */
  static final int INTERRUPTED = 130;

  private Exit() {}
}
