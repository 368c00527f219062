package seqmark.tasks.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** A gzip file to be unpacked into a folder; a small one may hold more than any disk. */
final class Gzip {
  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final Path folder;
  private final long room;
  private long lines;
  private long bytes;

  /**
   * A file and where it shall go.
   *
   * @param free how many bytes are free in the folder, of which it may take nine tenths
   */
  Gzip(Path file, Path folder, long free) {
    this.file = file;
    this.folder = folder;
    this.room = free - free / 10;
  }

  /**
   * Writes what is in the file.
   *
   * @throws IllegalArgumentException if it is no gzip file or too large
   * @throws IOException if it cannot be read or written
   */
  void unpack(WritableByteChannel to) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file), BUFFER)) {
      byte[] buffer = new byte[BUFFER];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        count(buffer, n);
        to.write(ByteBuffer.wrap(buffer, 0, n));
      }
    } catch (EOFException | ZipException e) {
      throw new IllegalArgumentException(
          "file %s broken or truncated gzip data after line %d".formatted(file, lines), e);
    }
  }

  private void count(byte[] buffer, int size) {
    bytes += size;
    if (bytes > room) {
      throw new IllegalArgumentException(
          "file %s unpacks to more than %d bytes, nine tenths of what is free in %s; free some there or give the unpacked file"
              .formatted(file, room, folder));
    }
    for (int i = 0; i < size; i++) {
      lines += buffer[i] == '\n' ? 1 : 0;
    }
  }
}
