package seqmark.harness;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Keeps two runs from writing into one folder; the operating system ends it with the process. */
record FolderLock(Path folder, FileChannel channel) implements AutoCloseable {
  private static final String LOCK = "results.lock";

  /**
   * Takes the lock of a folder, which is made if it is not there.
   *
   * @throws UserError if another run has it, or if it holds somebody's other files, which a report
   *     would overwrite
   */
  static FolderLock of(Path folder) {
    Path file = folder.resolve(LOCK);
    try {
      Files.createDirectories(folder);
      requireOurs(folder);
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isFree(channel)) {
        channel.close();
        throw new UserError(folder + ": another run is writing there; wait for it to end");
      }
      return new FolderLock(folder, channel);
    } catch (IOException e) {
      throw Storage.failed(file.toString(), e);
    }
  }

  private static void requireOurs(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      Set<String> names = files.map(f -> f.getFileName().toString()).collect(Collectors.toSet());
      boolean ours = names.contains(Results.FILE) || names.contains(Results.SUMMARY);
      if (!names.isEmpty() && !ours && !names.equals(Set.of(LOCK))) {
        throw new UserError(
            folder + " holds files but no results of Seqmark; choose another folder with --out");
      }
    }
  }

  private static boolean isFree(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // Another run of this process.
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw Storage.failed(folder.toString(), e);
    }
  }
}
