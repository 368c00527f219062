package seqmark.tasks.tsv;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import seqmark.tasks.file.MappedFile;

/** The pairs of one file, by the place where their line begins. Safe for use by several threads. */
final class TsvLines {
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final int LONGEST = 1 << 24;

  /** The number of lines that were right when all were read. */
  private static final long SEEN = 0;

  /** A line. */
  record Pair(String source, String target) {}

  /** Is shown every line. */
  interface Visitor {
    /**
     * Sees a line.
     *
     * @param start its first byte
     */
    void see(long start, Pair pair);
  }

  private final MappedFile file;
  private final MemorySegment bytes;

  TsvLines(MappedFile file) {
    this.file = file;
    this.bytes = file.bytes();
  }

  /** The pair of the line that begins here: one that was seen. */
  Pair at(long start) {
    return split(text(start, end(start), SEEN), SEEN);
  }

  /**
   * Shows all lines, in order.
   *
   * @throws IllegalArgumentException for a file that is no TSV, naming the line
   */
  void read(Visitor visitor) {
    boolean some = false;
    long line = 1;
    for (long start = 0; start < bytes.byteSize(); line++) {
      long end = end(start);
      String text = text(start, end, line);
      if (!text.isEmpty()) {
        visitor.see(start, split(text, line));
        some = true;
      }
      start = end + 1;
    }
    if (!some) {
      throw file.error(" is empty, expected lines of source<TAB>target");
    }
  }

  private long end(long start) {
    long end = start;
    while (end < bytes.byteSize() && bytes.get(ValueLayout.JAVA_BYTE, end) != '\n') {
      end++;
    }
    return end;
  }

  /** The line from one byte to another. */
  private String text(long start, long end, long line) {
    if (end - start > LONGEST) {
      throw error(line, "%d bytes long, expected at most %d".formatted(end - start, LONGEST));
    }
    ByteBuffer in =
        ByteBuffer.wrap(bytes.asSlice(start, end - start).toArray(ValueLayout.JAVA_BYTE));
    CharBuffer out = CharBuffer.allocate(in.capacity());
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    if (decoder.decode(in, out, true).isError()) {
      long at = in.position() + 1;
      throw error(
          line, "broken UTF-8 at byte %d of the line, %d of the file".formatted(at, start + at));
    }
    String text = out.flip().toString();
    int from = start == 0 && text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
    int to = text.endsWith("\r") ? text.length() - 1 : text.length();
    return text.substring(Math.min(from, to), to);
  }

  private Pair split(String text, long line) {
    String[] columns = text.split("\t", -1);
    if (columns.length != 2) {
      throw error(line, "expected 2 columns, source<TAB>target, but found " + columns.length);
    }
    if (columns[0].isBlank() || columns[1].isBlank()) {
      throw error(line, "the " + (columns[0].isBlank() ? "source" : "target") + " is empty");
    }
    return new Pair(columns[0].strip(), columns[1].strip());
  }

  private IllegalArgumentException error(long line, String inLine) {
    return file.error(
        line == SEEN
            ? " was changed while it was in use, expected it to stay as it was"
            : ", line " + line + ": " + inLine);
  }
}
