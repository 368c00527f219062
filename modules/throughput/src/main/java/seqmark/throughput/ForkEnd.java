package seqmark.throughput;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a virtual machine without a result came to its end, as JMH's log tells. */
final class ForkEnd {
  private static final Pattern EXIT = Pattern.compile("exit code (-?\\d+)");

  /** The line behind JMH's mark, without the exception's class if there is a message. */
  private static final Pattern THROWN =
      Pattern.compile("(?m)<failure>\\R\\R(?:[\\w.$]+(?:Exception|Error): )?(.+)$");

  /** A shell, and so Java, tells a signal as its number and this. */
  private static final int SIGNAL = 128;

  private static final Map<Integer, String> SIGNALS =
      Map.of(
          4, "SIGILL",
          6, "SIGABRT",
          7, "SIGBUS",
          8, "SIGFPE",
          9, "SIGKILL, as when memory runs out",
          11, "SIGSEGV",
          15, "SIGTERM");

  private ForkEnd() {}

  /** In one line: what was thrown, the exit code, the signal behind it. */
  static String of(Path log) {
    String text = read(log);
    Matcher thrown = THROWN.matcher(text);
    Matcher exit = EXIT.matcher(text);
    String code = exit.find() ? "exit code " + code(Integer.parseInt(exit.group(1))) : "";
    if (thrown.find()) {
      return thrown.group(1).strip() + (code.isEmpty() ? "" : " (" + code + ")");
    }
    return code.isEmpty()
        ? "the virtual machine told no result"
        : "the virtual machine died, " + code;
  }

  private static String code(int code) {
    String signal = SIGNALS.get(code - SIGNAL);
    return signal == null
        ? Integer.toString(code)
        : "%d (%d + %d, %s)".formatted(code, SIGNAL, code - SIGNAL, signal);
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return ""; // Then JMH had nothing to say.
    }
  }
}
