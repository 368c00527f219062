package seqmark.harness;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import seqmark.harness.TrialResult.AttentionMap;
import seqmark.harness.TrialResult.Bucket;
import seqmark.harness.TrialResult.CurvePoint;
import seqmark.harness.TrialResult.Sample;
import seqmark.harness.TrialResult.Status;
import tools.jackson.core.type.TypeReference;

/** Reads an experiment from its database. */
final class StoredExperiment {
  private static final TypeReference<LinkedHashMap<String, String>> TEXTS =
      new TypeReference<>() {};
  private static final TypeReference<LinkedHashMap<String, Double>> NUMBERS =
      new TypeReference<>() {};
  private static final TypeReference<List<String>> SYMBOLS = new TypeReference<>() {};
  private static final TypeReference<double[][]> MATRIX = new TypeReference<>() {};

  private final Database database;

  private StoredExperiment(Database database) {
    this.database = database;
  }

  static Experiment read(Database database) {
    StoredExperiment stored = new StoredExperiment(database);
    return database
        .query(
            row ->
                new Experiment(
                    row.getString("name"),
                    row.getString("config"),
                    provenance(database),
                    database.query(stored::trial, "SELECT * FROM trial ORDER BY position")),
            "SELECT * FROM experiment")
        .getFirst();
  }

  static Map<String, String> provenance(Database database) {
    Map<String, String> provenance = new LinkedHashMap<>();
    database.query(
        row -> provenance.put(row.getString("key"), row.getString("value")),
        "SELECT * FROM provenance ORDER BY rowid");
    return provenance;
  }

  private TrialResult trial(ResultSet row) throws SQLException {
    String id = row.getString("id");
    Map<String, Double> metrics = new LinkedHashMap<>();
    Map<String, Interval> intervals = new LinkedHashMap<>();
    Map<String, Boolean> higherIsBetter = new LinkedHashMap<>();
    Map<String, Double> chance = new LinkedHashMap<>();
    database.query(
        metric -> {
          String name = metric.getString("name");
          metrics.put(name, number(metric, "value"));
          intervals.put(name, interval(metric));
          higherIsBetter.put(name, metric.getBoolean("higher_is_better"));
          chance.put(name, number(metric, "chance"));
          return name;
        },
        "SELECT * FROM metric WHERE trial = ? ORDER BY position",
        id);
    return new TrialResult(
        id,
        row.getString("model"),
        row.getString("task"),
        row.getLong("seed"),
        json(row, "setting", TEXTS),
        Status.valueOf(row.getString("status")),
        row.getString("message"),
        row.getLong("parameters"),
        row.getDouble("flops_per_token"),
        row.getLong("peak_bytes"),
        row.getInt("steps"),
        row.getInt("best_step"),
        row.getDouble("train_tokens_per_second"),
        row.getDouble("train_seconds"),
        row.getString("data_hash"),
        row.getString("weights_hash"),
        metrics,
        intervals,
        higherIsBetter,
        chance,
        row.getString("difficulty"),
        row.getInt("shared"),
        all(StoredExperiment::point, "SELECT * FROM curve WHERE trial = ? ORDER BY step", id),
        all(
            StoredExperiment::bucket,
            "SELECT * FROM bucket WHERE trial = ? ORDER BY difficulty",
            id),
        all(StoredExperiment::map, "SELECT * FROM attention WHERE trial = ? ORDER BY position", id),
        all(
            StoredExperiment::sample,
            "SELECT * FROM sample WHERE trial = ? ORDER BY position",
            id));
  }

  private <T> List<T> all(Database.Row<T> reader, String sql, String trial) {
    return database.query(reader, sql, trial);
  }

  private static Interval interval(ResultSet row) throws SQLException {
    return new Interval(
        number(row, "value"),
        number(row, "low"),
        number(row, "high"),
        Interval.Over.EXAMPLES,
        row.getInt("examples"));
  }

  private static CurvePoint point(ResultSet row) throws SQLException {
    return new CurvePoint(
        row.getInt("step"),
        row.getLong("tokens"),
        row.getDouble("seconds"),
        row.getDouble("train_loss"),
        row.getDouble("validation_loss"),
        json(row, "metrics", NUMBERS));
  }

  private static Bucket bucket(ResultSet row) throws SQLException {
    return new Bucket(
        row.getInt("difficulty"),
        row.getInt("examples"),
        json(row, "metrics", NUMBERS),
        json(row, "chance", NUMBERS));
  }

  private static AttentionMap map(ResultSet row) throws SQLException {
    return new AttentionMap(
        json(row, "source", SYMBOLS), json(row, "output", SYMBOLS), json(row, "weights", MATRIX));
  }

  private static Sample sample(ResultSet row) throws SQLException {
    return new Sample(
        row.getString("source"),
        row.getString("target"),
        row.getString("output"),
        row.getBoolean("correct"));
  }

  /** SQLite keeps what is not a number as NULL. */
  private static double number(ResultSet row, String column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? Double.NaN : value;
  }

  private static <T> T json(ResultSet row, String column, TypeReference<T> type)
      throws SQLException {
    return ConfigBinder.MAPPER.readValue(row.getString(column), type);
  }
}
