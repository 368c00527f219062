package seqmark.cli;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import seqmark.harness.Progress;
import seqmark.harness.Progress.Phase;

/** A line now and then per trial: for files, pipes and build servers. */
final class PlainProgress implements ProgressView {
  private static final long INTERVAL = 10_000_000_000L;

  private final Screen screen;
  private final LongSupplier nanoTime;
  private final Map<String, Long> told = new HashMap<>();
  private final Set<String> trials = new HashSet<>();
  private int width;

  /**
   * Lines on a screen.
   *
   * @param nanoTime a clock, as {@link System#nanoTime}
   */
  PlainProgress(Screen screen, LongSupplier nanoTime) {
    this.screen = screen;
    this.nanoTime = nanoTime;
  }

  @Override
  public synchronized void accept(Progress p) {
    trials.add(p.trial());
    width = Math.max(width, p.trial().length());
    if (ProgressView.isOver(p)) {
      line(p, told.containsKey(p.trial()) ? ProgressView.ending(p) : earlier(p));
    } else if (p.phase() != Phase.WAITING && isDue(p)) {
      told.put(p.trial(), nanoTime.getAsLong());
      line(p, "step " + p.step() + "/" + p.steps() + ProgressView.numbers(p));
    }
  }

  @Override
  public void close() {
    screen.out().flush();
  }

  private boolean isDue(Progress p) {
    Long last = told.get(p.trial());
    return last == null || nanoTime.getAsLong() - last >= INTERVAL;
  }

  /** A trial that ends before it began was ended by an earlier run, or never got its turn. */
  private static String earlier(Progress p) {
    return p.phase() == Phase.FINISHED ? "finished in an earlier run" : ProgressView.ending(p);
  }

  private void line(Progress p, String text) {
    screen.out().println(p.trial() + " ".repeat(width - p.trial().length()) + "  " + text);
  }
}
