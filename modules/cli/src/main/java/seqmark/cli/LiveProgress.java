package seqmark.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import seqmark.harness.Progress;
import seqmark.harness.Progress.Phase;

/** A bar per running trial, updated in place; trials that end move up out of the way. */
final class LiveProgress implements ProgressView {
  /** More often than this is only flicker. */
  private static final long INTERVAL = 100_000_000L;

  private static final String UP_AND_CLEAR = "\u001b[%dA\r\u001b[J";

  private final Screen screen;
  private final Map<String, Progress> trials = new LinkedHashMap<>();
  private final List<String> endings = new ArrayList<>();
  private int drawn;
  private long drawnAt = System.nanoTime() - INTERVAL;
  private int earlier;

  LiveProgress(Screen screen) {
    this.screen = screen;
  }

  @Override
  public synchronized void accept(Progress p) {
    Progress before = trials.put(p.trial(), p);
    if (ProgressView.isOver(p)) {
      if (before == null && p.phase() == Phase.FINISHED) {
        earlier++;
      } else if (p.phase() != Phase.STOPPED || !p.message().isEmpty()) {
        endings.add(ending(p));
      }
    }
    boolean firstStep = before != null && before.tokensPerSecond() == 0;
    boolean changed = before == null || before.phase() != p.phase() || firstStep;
    if (changed || System.nanoTime() - drawnAt >= INTERVAL) {
      draw(frame());
    }
  }

  @Override
  public synchronized void close() {
    draw(List.of());
  }

  private void draw(List<String> frame) {
    StringBuilder text = new StringBuilder();
    if (drawn > 0) {
      text.append(UP_AND_CLEAR.formatted(drawn));
    }
    endings.forEach(line -> text.append(line).append('\n'));
    endings.clear();
    frame.forEach(line -> text.append(line).append('\n'));
    screen.out().print(text);
    screen.out().flush();
    drawn = frame.size();
    drawnAt = System.nanoTime();
  }

  private List<String> frame() {
    List<Progress> running =
        trials.values().stream()
            .filter(p -> !ProgressView.isOver(p) && p.phase() != Phase.WAITING)
            .toList();
    int width = running.stream().mapToInt(p -> p.trial().length()).max().orElse(0);
    // One line for the count, one for the cursor.
    int room = Math.max(1, screen.height() - 2);
    List<String> lines = new ArrayList<>();
    running.stream().limit(room).forEach(p -> lines.add(bar(p, width)));
    long over = trials.values().stream().filter(ProgressView::isOver).count();
    String count = over + " of " + trials.size() + " trials done";
    lines.add(screen.dim(clip(earlier > 0 ? count + ", " + earlier + " of them earlier" : count)));
    return lines;
  }

  private String bar(Progress p, int nameWidth) {
    String name = p.trial() + " ".repeat(nameWidth - p.trial().length());
    double share = p.steps() == 0 ? 0 : (double) p.step() / p.steps();
    String digits = String.valueOf(p.steps());
    String step = ("%" + digits.length() + "d/%s").formatted(p.step(), digits);
    String numbers = "  step " + step + ProgressView.numbers(p);
    int room = screen.width() - 1 - name.length() - 2 - numbers.length();
    if (room < 8) {
      return clip(name + numbers);
    }
    int length = Math.min(room, 30);
    int full = (int) Math.round(share * length);
    String done = screen.green("━".repeat(full));
    return name + "  " + done + screen.dim("─".repeat(length - full)) + numbers;
  }

  private String ending(Progress p) {
    String text = clip("  " + p.trial() + " " + ProgressView.ending(p));
    String rest = text.substring(1);
    return p.phase() == Phase.FINISHED ? screen.green("✓") + rest : screen.red("✗") + rest;
  }

  private String clip(String line) {
    int most = screen.width() - 1;
    return line.length() <= most ? line : line.substring(0, Math.max(0, most - 1)) + "…";
  }
}
