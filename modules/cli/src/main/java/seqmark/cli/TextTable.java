package seqmark.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table of aligned columns; the first column stands left, numbers stand right. */
final class TextTable {
  private static final String GAP = "  ";

  private final List<String> titles;
  private final int leftColumns;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * An empty table.
   *
   * @param leftColumns how many columns are aligned left, from the first on
   */
  TextTable(int leftColumns, List<String> titles) {
    this.leftColumns = leftColumns;
    this.titles = titles;
  }

  /** Appends a row with a cell for each title. */
  void row(List<String> cells) {
    rows.add(cells);
  }

  /** The lines; columns that go beyond the width are left out, the last ones first. */
  List<String> lines(int width) {
    List<List<String>> all = new ArrayList<>(rows);
    all.addFirst(titles);
    int[] widths =
        IntStream.range(0, titles.size())
            .map(c -> all.stream().mapToInt(row -> length(row.get(c))).max().orElse(0))
            .toArray();
    int columns = 1;
    int used = widths[0];
    while (columns < widths.length && used + GAP.length() + widths[columns] <= width) {
      used += GAP.length() + widths[columns++];
    }
    int shown = columns;
    return all.stream().map(row -> line(row, widths, shown)).toList();
  }

  private String line(List<String> row, int[] widths, int columns) {
    return IntStream.range(0, columns)
        .mapToObj(c -> pad(row.get(c), widths[c], c < leftColumns))
        .collect(Collectors.joining(GAP))
        .stripTrailing();
  }

  private static String pad(String text, int width, boolean left) {
    String space = " ".repeat(width - length(text));
    return left ? text + space : space + text;
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
