package seqmark.harness;

/** Thrown within a trial when its numbers are no longer finite; the message says which and when. */
final class Diverged extends RuntimeException {
  private static final long serialVersionUID = 1;

  Diverged(String message) {
    super(message);
  }
}
