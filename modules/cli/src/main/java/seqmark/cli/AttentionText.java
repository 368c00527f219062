package seqmark.cli;

import java.util.ArrayList;
import java.util.List;
import seqmark.harness.TrialResult.AttentionMap;

/** An attention map in characters: the fuller the block, the more weight. */
final class AttentionText {
  private static final String SHADES = " ░▒▓█";

  private AttentionText() {}

  /** A line of source symbols, then a line per output symbol. */
  static List<String> lines(AttentionMap map) {
    int cell = widest(map.source()) + 1;
    int label = widest(map.output());
    List<String> lines = new ArrayList<>();
    StringBuilder head = new StringBuilder(" ".repeat(label + 1));
    map.source().forEach(symbol -> head.append(padded(symbol, cell)));
    lines.add(head.toString().stripTrailing());
    for (int row = 0; row < map.output().size(); row++) {
      StringBuilder line = new StringBuilder(padded(map.output().get(row), label)).append(' ');
      for (double weight : map.weights()[row]) {
        line.append(String.valueOf(shade(weight)).repeat(cell));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private static char shade(double weight) {
    int last = SHADES.length() - 1;
    return SHADES.charAt(Math.clamp(Math.round(weight * last), 0, last));
  }

  private static String padded(String symbol, int width) {
    return symbol + " ".repeat(Math.max(0, width - length(symbol)));
  }

  private static int widest(List<String> symbols) {
    return symbols.stream().mapToInt(AttentionText::length).max().orElse(0);
  }

  private static int length(String symbol) {
    return symbol.codePointCount(0, symbol.length());
  }
}
