package seqmark.tasks.tsv;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads the pairs of one file; errors name the file and the line. */
final class TsvLines {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Path file;
  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
  private long line;

  /** Where in the file, uncompressed, the line starts. */
  private long start;

  private TsvLines(Path file) {
    this.file = file;
  }

  /**
   * Hands over source and target of every line.
   *
   * @throws IllegalArgumentException for a file that cannot be read or is no TSV
   */
  static void read(Path file, BiConsumer<String, String> pair) {
    if (!Files.exists(file)) {
      throw new IllegalArgumentException("file " + file + " does not exist");
    }
    if (Files.isDirectory(file)) {
      throw new IllegalArgumentException("file " + file + " is a folder, expected a file");
    }
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException("file " + file + " may not be read by this user");
    }
    new TsvLines(file).read(pair);
  }

  private void read(BiConsumer<String, String> pair) {
    boolean some = false;
    try (InputStream in = open()) {
      for (byte[] bytes = next(in); bytes != null; bytes = next(in)) {
        line++;
        String text = text(bytes);
        if (!text.isEmpty()) {
          split(text, pair);
          some = true;
        }
        start += bytes.length + 1;
      }
    } catch (EOFException | ZipException e) {
      throw error("broken or truncated gzip data after line " + line, e);
    } catch (IOException e) {
      throw error("cannot be read: " + e.getMessage(), e);
    }
    if (!some) {
      throw error("is empty, expected lines of source<TAB>target", null);
    }
  }

  private InputStream open() throws IOException {
    InputStream bytes = Files.newInputStream(file);
    return new BufferedInputStream(
        file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes, 1 << 16);
  }

  /** The bytes up to the end of the line, or null at the end of the file. */
  private static byte[] next(InputStream in) throws IOException {
    int b = in.read();
    if (b < 0) {
      return null;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    for (; b >= 0 && b != '\n'; b = in.read()) {
      bytes.write(b);
    }
    return bytes.toByteArray();
  }

  private String text(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.reset().decode(in, out, true);
    if (result.isError()) {
      long at = in.position() + 1;
      throw error("broken UTF-8 at byte %d of the line, %d of the file".formatted(at, start + at));
    }
    String text = out.flip().toString();
    int from = line == 1 && text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
    int to = text.endsWith("\r") ? text.length() - 1 : text.length();
    return text.substring(Math.min(from, to), to);
  }

  private void split(String text, BiConsumer<String, String> pair) {
    String[] columns = text.split("\t", -1);
    if (columns.length != 2) {
      throw error("expected 2 columns, source<TAB>target, but found " + columns.length);
    }
    if (columns[0].isBlank() || columns[1].isBlank()) {
      throw error("the " + (columns[0].isBlank() ? "source" : "target") + " is empty");
    }
    pair.accept(columns[0].strip(), columns[1].strip());
  }

  private IllegalArgumentException error(String inLine) {
    return new IllegalArgumentException("file " + file + ", line " + line + ": " + inLine);
  }

  private IllegalArgumentException error(String ofFile, Exception cause) {
    return new IllegalArgumentException("file " + file + " " + ofFile, cause);
  }
}
