package seqmark.harness;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;

/** Says in the user's words why something cannot be stored or read. */
final class Storage {
  // Result codes of SQLite, https://sqlite.org/rescode.html
  private static final int BUSY = 5;
  private static final int READ_ONLY = 8;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int CANNOT_OPEN = 14;
  private static final int NOT_A_DATABASE = 26;

  private Storage() {}

  static UserError failed(String file, IOException e) {
    if (String.valueOf(e.getMessage()).contains("No space left on device")) {
      return full(file, e);
    }
    String why =
        switch (e) {
          case AccessDeniedException denied -> "permission denied for " + denied.getFile();
          case NoSuchFileException missing -> "there is no folder for " + missing.getFile();
          case FileAlreadyExistsException other -> other.getFile() + " is not a folder";
          default -> e.getMessage();
        };
    return new UserError("cannot write " + file + ": " + why, e);
  }

  static UserError failed(String file, SQLException e) {
    return switch (e.getErrorCode() & 0xff) {
      case FULL -> full(file, e);
      case BUSY -> new UserError(file + ": is in use by another program; wait for it to end", e);
      case READ_ONLY -> new UserError(file + ": cannot be written to; check its permissions", e);
      case CANNOT_OPEN -> new UserError(file + ": cannot be opened; check its folder", e);
      case CORRUPT, NOT_A_DATABASE ->
          new UserError(
              file + ": is damaged or no results file; choose another folder with --out", e);
      default -> new UserError(file + ": " + e.getMessage(), e);
    };
  }

  private static UserError full(String file, Exception e) {
    return new UserError(
        "cannot write "
            + file
            + ": the disk is full; free some space and run the same command again, which goes on"
            + " where it was",
        e);
  }
}
