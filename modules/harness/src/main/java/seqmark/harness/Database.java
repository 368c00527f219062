package seqmark.harness;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** An SQLite file; errors come out as {@link UserError}. Safe for use by several threads. */
final class Database implements AutoCloseable {
  private final Path file;
  private final Connection connection;

  /** Makes an object of a row. */
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  private Database(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /** Loads SQLite's library, which the first to open a file would wait for. */
  static void load() {
    try {
      DriverManager.getConnection("jdbc:sqlite::memory:").close();
    } catch (SQLException e) {
      throw Storage.failed("SQLite's library", e);
    }
  }

  /** Opens a file, which is made if it is not there; every transaction is forced to disk. */
  static Database open(Path file) {
    try {
      Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
      try (Statement s = connection.createStatement()) {
        s.execute("PRAGMA busy_timeout = 5000");
        s.execute("PRAGMA journal_mode = WAL");
        s.execute("PRAGMA synchronous = FULL");
        s.execute("PRAGMA foreign_keys = ON");
      }
      return new Database(file, connection);
    } catch (SQLException e) {
      throw Storage.failed(file.toString(), e);
    }
  }

  /** Does all of it or nothing. */
  synchronized void transaction(Runnable changes) {
    execute("BEGIN IMMEDIATE");
    try {
      changes.run();
      execute("COMMIT");
    } catch (RuntimeException e) {
      rollBack(e);
      throw e;
    }
  }

  private void rollBack(RuntimeException reason) {
    try {
      execute("ROLLBACK");
    } catch (UserError e) {
      // After some errors, as that of a full disk, SQLite has done so by itself.
      reason.addSuppressed(e);
    }
  }

  /** Executes one statement with these values in place of its question marks. */
  synchronized void execute(String sql, Object... values) {
    try (PreparedStatement statement = prepare(sql, values)) {
      statement.execute();
    } catch (SQLException e) {
      throw Storage.failed(file.toString(), e);
    }
  }

  /** The rows of a query. */
  synchronized <T> List<T> query(Row<T> reader, String sql, Object... values) {
    try (PreparedStatement statement = prepare(sql, values);
        ResultSet rows = statement.executeQuery()) {
      List<T> results = new ArrayList<>();
      while (rows.next()) {
        results.add(reader.read(rows));
      }
      return results;
    } catch (SQLException e) {
      throw Storage.failed(file.toString(), e);
    }
  }

  private PreparedStatement prepare(String sql, Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  /** Whether it has the tables of the schema. */
  boolean isEmpty() {
    return query(row -> row.getString(1), "SELECT name FROM sqlite_schema").isEmpty();
  }

  /** Makes the tables. */
  void createTables() {
    try (InputStream in = Database.class.getResourceAsStream("schema.sql")) {
      String schema = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String statement : schema.replaceAll("--.*", "").split(";")) {
        if (!statement.isBlank()) {
          execute(statement);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("schema.sql cannot be read", e);
    }
  }

  @Override
  public synchronized void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw Storage.failed(file.toString(), e);
    }
  }
}
