package seqmark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import seqmark.harness.Progress;
import seqmark.harness.Progress.Phase;

class ProgressTest {
  private static final long SECOND = 1_000_000_000L;

  private final StringWriter out = new StringWriter();
  private long now;

  @Test
  void plainLinesComeNowAndThen() {
    PlainProgress view = new PlainProgress(plain(), () -> now);
    view.accept(progress("a-1", Phase.WAITING, 0));
    for (int second = 0; second <= 25; second++) {
      now = second * SECOND;
      view.accept(progress("a-1", Phase.TRAINING, 10 * second));
    }
    view.accept(progress("a-1", Phase.FINISHED, 300));
    assertEquals(
        """
        a-1  step 0/300  loss 0.500  12.3k tokens/s  40.0 s left
        a-1  step 100/300  loss 0.500  12.3k tokens/s  40.0 s left
        a-1  step 200/300  loss 0.500  12.3k tokens/s  40.0 s left
        a-1  finished after 300 steps
        """,
        out.toString());
  }

  @Test
  void plainLinesTellWhatWasDoneBefore() {
    PlainProgress view = new PlainProgress(plain(), () -> now);
    view.accept(progress("a-1", Phase.FINISHED, 0));
    view.accept(progress("b-10", Phase.DIVERGED, 0));
    assertEquals("a-1  finished in an earlier run\nb-10  diverged\n", out.toString());
  }

  @Test
  void liveLinesAreUpdatedInPlaceAndNeverWrap() {
    for (int width : new int[] {20, 60, 100}) {
      out.getBuffer().setLength(0);
      LiveProgress view = new LiveProgress(terminal(width));
      for (String trial : new String[] {"reverse-lstm-seq2seq-1", "reverse-bahdanau-1"}) {
        view.accept(progress(trial, Phase.WAITING, 0));
        view.accept(progress(trial, Phase.TRAINING, 150));
        view.accept(progress(trial, Phase.VALIDATING, 151));
      }
      view.accept(progress("reverse-bahdanau-1", Phase.FINISHED, 300));
      String screen = shown(out.toString());
      assertTrue(screen.lines().allMatch(line -> line.length() < width), screen);
      assertEquals(3, screen.lines().count(), screen);
      assertTrue(screen.startsWith("✓ reverse-bahdanau"), screen);
      assertTrue(screen.contains("1 of 2 trials"), screen);
      view.close();
      assertEquals(1, shown(out.toString()).lines().count());
    }
  }

  @Test
  void liveBarsHaveTheLengthOfTheWorkDone() {
    LiveProgress view = new LiveProgress(terminal(120));
    view.accept(progress("a-1", Phase.TRAINING, 150));
    String line = shown(out.toString()).lines().findFirst().orElseThrow();
    assertEquals(15, line.chars().filter(c -> c == '━').count(), line);
    assertEquals(15, line.chars().filter(c -> c == '─').count(), line);
    assertTrue(line.endsWith("step 150/300  loss 0.500  12.3k tokens/s  40.0 s left"), line);
  }

  @Test
  void theFirstStepIsSeenFromItsCompilationToItsEnd() {
    for (int from : new int[] {0, 100}) { // from the beginning, and gone on with
      LiveProgress view = new LiveProgress(terminal(120));
      for (Phase phase : new Phase[] {Phase.COMPILING, Phase.TRAINING}) {
        view.accept(new Progress("a-" + from, phase, from, 300, Double.NaN, 0, Double.NaN, ""));
      }
      view.accept(progress("a-" + from, Phase.TRAINING, from + 1));
      String all = out.toString();
      String before = "step %3d/300".formatted(from);
      int compiling = all.indexOf("compiling", all.indexOf(before));
      int begun = all.indexOf(before, compiling);
      assertTrue(0 <= compiling && compiling < begun, all);
      assertTrue(begun < all.indexOf("step %3d/300".formatted(from + 1)), all);
    }
  }

  @Test
  void noColourWithoutColours() {
    Screen screen = new Screen(new PrintWriter(out), new PrintWriter(out), true, false, 80, 24);
    new LiveProgress(screen).accept(progress("a-1", Phase.TRAINING, 150));
    assertFalse(out.toString().contains("\u001b["), out.toString());
  }

  private Screen plain() {
    return Screen.plain(new PrintWriter(out), new PrintWriter(out));
  }

  private Screen terminal(int width) {
    return new Screen(new PrintWriter(out), new PrintWriter(out), true, true, width, 24);
  }

  private static Progress progress(String trial, Phase phase, int step) {
    return new Progress(trial, phase, step, 300, 0.5, 12_345, 40, "");
  }

  /** What a terminal shows after this output: lines, cursor up and clear to the end, no colours. */
  private static String shown(String output) {
    String text = output.replaceAll("\u001b\\[\\d*m", "");
    java.util.ArrayList<String> lines = new java.util.ArrayList<>();
    for (String part : text.split("(?=\u001b\\[\\d+A\r\u001b\\[J)")) {
      var up = java.util.regex.Pattern.compile("^\u001b\\[(\\d+)A\r\u001b\\[J").matcher(part);
      if (up.find()) {
        int from = lines.size() - Integer.parseInt(up.group(1));
        lines.subList(from, lines.size()).clear();
        part = part.substring(up.end());
      }
      part.lines().forEach(lines::add);
    }
    return String.join("\n", lines);
  }
}
