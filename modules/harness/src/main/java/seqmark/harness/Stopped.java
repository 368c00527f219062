package seqmark.harness;

import java.util.function.BooleanSupplier;

/** Thrown within a trial when it was asked to stop. */
final class Stopped extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Throws if the trial is to stop. */
  static void check(BooleanSupplier stop) {
    if (stop.getAsBoolean()) {
      throw new Stopped();
    }
  }
}
