package seqmark.harness;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps two runs from writing into one folder; the operating system ends it with the process. */
record FolderLock(Path folder, FileChannel channel) implements AutoCloseable {

  /**
   * Takes the lock of a folder, which is made if it is not there.
   *
   * @throws UserError if another run has it
   */
  static FolderLock of(Path folder) {
    Path file = folder.resolve("results.lock");
    try {
      Files.createDirectories(folder);
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
