package seqmark.report.chart;

import java.util.List;
import java.util.stream.Collectors;

/** Comma-separated values (RFC 4180, with plain line feeds). */
public final class Csv {
  private final StringBuilder text = new StringBuilder();

  /** Without rows yet. */
  public Csv() {}

  /** Appends a row; returns this. */
  public Csv row(List<?> cells) {
    text.append(cells.stream().map(Csv::cell).collect(Collectors.joining(","))).append('\n');
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private static String cell(Object value) {
    String text = String.valueOf(value);
    boolean quoted = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
