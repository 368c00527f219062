package seqmark.compute;

/** Operands that do not fit together; the message names the op and all shapes. */
public final class ShapeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** An error with a message of the form {@code gemm: inner dimensions differ: a [..], b [..]}. */
  public ShapeException(String message) {
    super(message);
  }
}
