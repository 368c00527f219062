package seqmark.tasks.file;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A user's file, plain or gzip, of any size: mapped, so that the system reads what is looked at and
 * the heap holds nothing. Whoever maps a file relies on nobody changing it meanwhile.
 *
 * <p>A file whose name ends with {@code .gz} is unpacked into the folder for temporary files. The
 * copy has no name there any more once it is open: the system frees its space when this program
 * ends, however it ends.
 *
 * @param path where it is
 * @param bytes what is in it, unpacked; may be read by all threads
 */
public record MappedFile(Path path, MemorySegment bytes) {
  /**
   * Maps a file.
   *
   * @throws IllegalArgumentException for one that cannot be read or unpacked, with the reason
   */
  public static MappedFile open(Path path) {
    if (!Files.exists(path)) {
      throw new IllegalArgumentException("file " + path + " does not exist");
    }
    if (Files.isDirectory(path)) {
      throw new IllegalArgumentException("file " + path + " is a folder, expected a file");
    }
    if (!Files.isRegularFile(path)) {
      throw new IllegalArgumentException(
          "file " + path + " is a pipe or device, expected a file that stays on the disk");
    }
    if (!Files.isReadable(path)) {
      throw new IllegalArgumentException("file " + path + " may not be read by this user");
    }
    return new MappedFile(path, path.toString().endsWith(".gz") ? unpacked(path) : plain(path));
  }

  private static MemorySegment plain(Path path) {
    try (FileChannel channel = FileChannel.open(path)) {
      return mapped(channel);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "file %s cannot be read: %s".formatted(path, e.getMessage()), e);
    }
  }

  private static MemorySegment unpacked(Path path) {
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    try (FileChannel copy = temporary(folder)) {
      new Gzip(path, folder, Files.getFileStore(folder).getUsableSpace()).unpack(copy);
      return mapped(copy);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "file %s cannot be unpacked into %s: %s".formatted(path, folder, e.getMessage()), e);
    }
  }

  private static FileChannel temporary(Path folder) throws IOException {
    return FileChannel.open(
        Files.createTempFile(folder, "seqmark", ".unpacked"),
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE);
  }

  private static MemorySegment mapped(FileChannel channel) throws IOException {
    return channel.map(MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
  }

  /** An error of this file. */
  public IllegalArgumentException error(String message) {
    return new IllegalArgumentException("file " + path + message);
  }
}
