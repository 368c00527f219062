package seqmark.cli;

import java.util.function.Consumer;
import seqmark.harness.Progress;
import seqmark.report.Numbers;

/** Shows how trials get on, until it is closed. Told by several threads. */
interface ProgressView extends Consumer<Progress>, AutoCloseable {
  /** The view that suits a screen. */
  static ProgressView on(Screen screen) {
    return screen.live() ? new LiveProgress(screen) : new PlainProgress(screen, System::nanoTime);
  }

  @Override
  void close();

  /** Loss, speed and time left of a running trial. */
  static String numbers(Progress p) {
    StringBuilder text = new StringBuilder();
    if (Double.isFinite(p.loss())) {
      text.append("  loss ").append(Numbers.fixed(p.loss(), 3));
    }
    if (p.tokensPerSecond() > 0) {
      text.append("  ").append(Numbers.count(p.tokensPerSecond())).append(" tokens/s");
    }
    switch (p.phase()) {
      case COMPILING -> text.append("  compiling");
      case VALIDATING -> text.append("  validating");
      case TESTING -> text.append("  testing");
      default -> {
        if (Double.isFinite(p.secondsLeft())) {
          text.append("  ").append(Numbers.duration(p.secondsLeft())).append(" left");
        }
      }
    }
    return text.toString();
  }

  /** Whether the trial will not be heard of again. */
  static boolean isOver(Progress p) {
    return switch (p.phase()) {
      case FINISHED, DIVERGED, FAILED, STOPPED -> true;
      case WAITING, COMPILING, TRAINING, VALIDATING, TESTING -> false;
    };
  }

  /** How a trial ended. */
  static String ending(Progress p) {
    String reason = p.message().isEmpty() ? "" : ": " + p.message();
    return switch (p.phase()) {
      case FINISHED -> "finished after " + p.step() + " steps";
      case DIVERGED -> "diverged" + reason;
      case FAILED -> "failed" + reason;
      case STOPPED -> "stopped at step " + p.step() + reason;
      case WAITING, COMPILING, TRAINING, VALIDATING, TESTING -> "";
    };
  }
}
