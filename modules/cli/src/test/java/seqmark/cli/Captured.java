package seqmark.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** A command line's exit code and what it wrote. */
record Captured(int code, String out, String err) {
  /** Runs a command line on a screen that is no terminal. */
  static Captured run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Main.run(Screen.plain(new PrintWriter(out), new PrintWriter(err)), args);
    return new Captured(code, out.toString(), err.toString());
  }
}
