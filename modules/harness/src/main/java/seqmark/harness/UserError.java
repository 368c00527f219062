package seqmark.harness;

/**
 * A mistake or a condition that the user can do something about: bad config, missing file, full
 * disk. The message is all there is to show: what is wrong, where, and what to do.
 */
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** An error that is shown as this text. */
  public UserError(String message) {
    super(message);
  }

  /** An error that is shown as this text; the cause is for {@code --verbose} only. */
  public UserError(String message, Throwable cause) {
    super(message, cause);
  }
}
