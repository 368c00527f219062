package seqmark.nn.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import seqmark.compute.Shape;

/**
 * The safetensors file format, float32 only: 8 bytes of header length (little-endian), a JSON
 * header with type, shape and place of every tensor, then the numbers.
 *
 * @see <a href="https://huggingface.co/docs/safetensors">the format</a>
 */
public final class Safetensors {
  /** The format's own limit on headers. */
  private static final long MAXIMUM_HEADER = 100_000_000;

  private static final int PREFIX = Long.BYTES;

  private Safetensors() {}

  /**
   * Writes a file as a whole or not at all: into a temporary file beside it, forced to disk, which
   * then takes its place.
   *
   * @throws IOException naming the file, for instance for a full disk
   */
  public static void write(Path file, Checkpoint checkpoint) throws IOException {
    Path target = file.toAbsolutePath();
    Path temporary = target.resolveSibling(target.getFileName() + ".tmp");
    try {
      writeTo(temporary, checkpoint);
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      Files.deleteIfExists(temporary);
      throw new IOException(file + ": cannot be written: " + e.getMessage(), e);
    }
  }

  private static void writeTo(Path file, Checkpoint checkpoint) throws IOException {
    byte[] header = SafetensorsHeader.of(checkpoint).print().getBytes(StandardCharsets.UTF_8);
    try (FileChannel out =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer prefix = ByteBuffer.allocate(PREFIX).order(ByteOrder.LITTLE_ENDIAN);
      writeFully(out, prefix.putLong(0, header.length));
      writeFully(out, ByteBuffer.wrap(header));
      for (Tensor t : checkpoint.tensors().values()) {
        writeFully(out, bytes(t.values()));
      }
      out.force(true);
    }
  }

  private static ByteBuffer bytes(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes;
  }

  private static void writeFully(FileChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  /**
   * Reads a file.
   *
   * @throws IOException in one line that names the file and what is wrong with it: missing,
   *     truncated, foreign, of another element type
   */
  public static Checkpoint read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw wrong(file, Files.exists(file) ? "is no file" : "no such file");
    }
    try (FileChannel in = FileChannel.open(file)) {
      long length = headerLength(file, in);
      String text = StandardCharsets.UTF_8.decode(readFully(file, in, PREFIX, length)).toString();
      SafetensorsHeader header = parse(file, text, in.size() - PREFIX - length);
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (Map.Entry<String, SafetensorsHeader.Entry> e : header.entries().entrySet()) {
        tensors.put(e.getKey(), tensor(file, in, PREFIX + length, e.getValue()));
      }
      return new Checkpoint(tensors, header.metadata());
    }
  }

  private static long headerLength(Path file, FileChannel in) throws IOException {
    if (in.size() < PREFIX) {
      throw wrong(file, "%d bytes are no safetensors file".formatted(in.size()));
    }
    long length = readFully(file, in, 0, PREFIX).getLong(0);
    if (length < 2 || length > Math.min(MAXIMUM_HEADER, in.size() - PREFIX)) {
      throw wrong(
          file,
          "truncated or no safetensors file: header of %s bytes in a file of %d"
              .formatted(Long.toUnsignedString(length), in.size()));
    }
    return length;
  }

  private static SafetensorsHeader parse(Path file, String text, long dataBytes)
      throws IOException {
    try {
      return SafetensorsHeader.parse(text).checked(dataBytes);
    } catch (IllegalArgumentException e) {
      throw wrong(file, e.getMessage());
    }
  }

  private static Tensor tensor(Path file, FileChannel in, long start, SafetensorsHeader.Entry entry)
      throws IOException {
    Shape shape = entry.shape();
    float[] values = new float[shape.size()];
    long bytes = entry.end() - entry.begin();
    readFully(file, in, start + entry.begin(), bytes).asFloatBuffer().get(values);
    return new Tensor(shape, values);
  }

  private static ByteBuffer readFully(Path file, FileChannel in, long from, long length)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(length)).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (in.read(bytes, from + bytes.position()) < 0) {
        throw wrong(file, "ends at byte %d".formatted(from + bytes.position()));
      }
    }
    return bytes.flip();
  }

  private static IOException wrong(Path file, String what) {
    return new IOException(file + ": " + what);
  }
}
