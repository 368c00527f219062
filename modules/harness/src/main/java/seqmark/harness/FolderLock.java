package seqmark.harness;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Keeps two runs from writing into one folder; the operating system ends it with the process. */
record FolderLock(Path folder, FileChannel channel) implements AutoCloseable {
  private static final List<String> REPORT = List.of("index.html", "charts");

  /**
   * Takes the lock of a folder, which is made if it is not there.
   *
   * @throws UserError if another run has it, or if it holds somebody's other files, which a report
   *     would overwrite
   */
  static FolderLock of(Path folder) {
    Path file = folder.resolve("results.lock");
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

  private static void requireOurs(Path folder) {
    boolean ours =
        Stream.of(Results.FILE, Results.SUMMARY).map(folder::resolve).anyMatch(Files::exists);
    Optional<Path> theirs = REPORT.stream().map(folder::resolve).filter(Files::exists).findFirst();
    if (!ours && theirs.isPresent()) {
      throw new UserError(
          folder
              + " has no results of Seqmark, and the report would replace "
              + theirs.get()
              + "; choose another folder with --out");
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
