package seqmark.cli;

import java.io.Console;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Help.Ansi;

/**
 * Where commands write.
 *
 * @param out results and progress
 * @param err errors
 * @param live whether lines can be updated in place: a terminal
 * @param colours whether to use colours
 * @param width characters per line
 * @param height lines
 */
record Screen(
    PrintWriter out, PrintWriter err, boolean live, boolean colours, int width, int height) {
  private static final int WIDTH = 80;
  private static final int HEIGHT = 24;

  /** Lines of a file have no width; tables are not cut there. */
  private static final int UNLIMITED = 1000;

  /** The screen of this process. */
  static Screen ofProcess() {
    Console console = System.console();
    String kind = System.getenv("TERM");
    boolean live = console != null && console.isTerminal() && !"dumb".equals(kind);
    boolean colours = live && isEmpty(System.getenv("NO_COLOR"));
    int[] size = live ? size() : new int[] {HEIGHT, UNLIMITED};
    return new Screen(writer(System.out), writer(System.err), live, colours, size[1], size[0]);
  }

  /** A screen that is no terminal. */
  static Screen plain(PrintWriter out, PrintWriter err) {
    return new Screen(out, err, false, false, UNLIMITED, HEIGHT);
  }

  /** Whether help texts are coloured. */
  Ansi ansi() {
    return colours ? Ansi.ON : Ansi.OFF;
  }

  /** Text to be noticed. */
  String bold(String text) {
    return paint("1", text);
  }

  /** Text of second rank. */
  String dim(String text) {
    return paint("2", text);
  }

  /** Text that tells of success. */
  String green(String text) {
    return paint("32", text);
  }

  /** Text that tells of failure. */
  String red(String text) {
    return paint("31", text);
  }

  private String paint(String code, String text) {
    return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }

  /** UTF-8 even where the locale names no encoding: terminals read it, and so do log viewers. */
  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }

  /** Lines and columns of the terminal, as stty knows them. */
  private static int[] size() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String[] size =
          new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
              .strip()
              .split(" ");
      if (stty.waitFor(1, TimeUnit.SECONDS) && stty.exitValue() == 0 && size.length == 2) {
        int height = Integer.parseInt(size[0]);
        int width = Integer.parseInt(size[1]);
        return new int[] {height > 0 ? height : HEIGHT, width > 0 ? width : WIDTH};
      }
    } catch (IOException e) {
      // No stty: not a Unix. The usual size will do.
      return new int[] {HEIGHT, WIDTH};
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new int[] {HEIGHT, WIDTH};
  }

  private static boolean isEmpty(String text) {
    return text == null || text.isEmpty();
  }
}
