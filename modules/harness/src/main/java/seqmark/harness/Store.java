package seqmark.harness;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import seqmark.harness.TrialResult.AttentionMap;
import seqmark.harness.TrialResult.Bucket;
import seqmark.harness.TrialResult.CurvePoint;
import seqmark.harness.TrialResult.Sample;
import seqmark.harness.TrialResult.Status;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Where the trials of a running experiment put their results. */
final class Store implements AutoCloseable {
  private static final int SHOWN = 5;

  private final Path folder;
  private final Database database;

  private Store(Path folder, Database database) {
    this.folder = folder;
    this.database = database;
  }

  /**
   * Opens the results of an experiment, new or begun.
   *
   * @throws UserError if the folder has the results of another config
   */
  static Store open(
      Path folder, ExperimentConfig config, List<Trial> trials, Map<String, String> provenance) {
    Database database = Database.open(folder.resolve(Results.FILE));
    Store store = new Store(folder, database);
    try {
      if (database.isEmpty()) {
        database.transaction(() -> store.create(config, trials, provenance));
      } else {
        store.requireSame(config, provenance);
        database.transaction(() -> store.addChanges(provenance));
      }
      return store;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private void create(ExperimentConfig config, List<Trial> trials, Map<String, String> provenance) {
    database.createTables();
    database.execute(
        "INSERT INTO experiment VALUES (?, ?, ?)",
        config.name(),
        config.yaml(),
        config.folder().toString());
    provenance.forEach(this::addProvenance);
    for (int i = 0; i < trials.size(); i++) {
      Trial t = trials.get(i);
      database.execute(
          "INSERT INTO trial VALUES (?, ?, ?, ?, ?, ?, ?, '', '', 0, 0, 0, 0, 0, 0, 0, '', '', '', 0)",
          t.id(),
          i,
          t.model().label(),
          t.task().label(),
          t.seed(),
          json(t.setting()),
          Status.OPEN.name());
    }
  }

  private void addProvenance(String key, String value) {
    database.execute("INSERT OR REPLACE INTO provenance VALUES (?, ?)", key, value);
  }

  private void requireSame(ExperimentConfig config, Map<String, String> provenance) {
    YAMLMapper yaml = new YAMLMapper();
    String stored = database.query(r -> r.getString(1), "SELECT config FROM experiment").getFirst();
    Map<String, String> before = Trees.flatten(yaml.readTree(stored));
    Map<String, String> now = Trees.flatten(yaml.readTree(config.yaml()));
    before.putAll(code(StoredExperiment.provenance(database)));
    now.putAll(code(provenance));
    List<String> differences = Trees.differences(before, now);
    if (!differences.isEmpty()) {
      List<String> shown = differences.subList(0, Math.min(SHOWN, differences.size()));
      int more = differences.size() - shown.size();
      throw new UserError(
          folder
              + " has the results of another config: "
              + String.join("; ", shown)
              + (more > 0 ? "; and " + more + " more" : "")
              + ". Choose another folder with --out, or delete this one");
    }
  }

  /** What numbers depend on besides the config, and what a user can exchange under a run. */
  private static Map<String, String> code(Map<String, String> provenance) {
    Map<String, String> code = new LinkedHashMap<>();
    code.put("--backend", provenance.get(Provenance.BACKEND));
    provenance.forEach((key, value) -> {
      if (key.startsWith(Provenance.PLUGIN)) {
        code.put(key, value);
      }
    });
    return code;
  }

  /** What is not as it was when the experiment began. */
  private void addChanges(Map<String, String> now) {
    Map<String, String> before = StoredExperiment.provenance(database);
    String resumed = " (resumed " + now.get(Provenance.STARTED) + ")";
    now.forEach((key, value) -> {
      if (!key.equals(Provenance.STARTED) && !value.equals(before.get(key))) {
        addProvenance(key + resumed, value);
      }
    });
  }

  /** How far a trial is. */
  Status status(String trial) {
    return Status.valueOf(
        database
            .query(r -> r.getString(1), "SELECT status FROM trial WHERE id = ?", trial)
            .getFirst());
  }

  /** Whether it is known which data a trial began with. */
  boolean hasData(String trial) {
    return !dataHash(trial).isEmpty();
  }

  private String dataHash(String trial) {
    return database
        .query(r -> r.getString(1), "SELECT data_hash FROM trial WHERE id = ?", trial)
        .getFirst();
  }

  /**
   * Makes sure that a trial, even a finished one, is compared on the data it began with.
   *
   * @throws UserError if it began with other data
   */
  void requireSameData(String trial, String dataHash) {
    String before = dataHash(trial);
    if (!before.isEmpty() && !before.equals(dataHash)) {
      throw new UserError(
          "trial "
              + trial
              + ": its data are not those it began with (hash "
              + dataHash
              + ", before "
              + before
              + "). Choose another folder with --out, or delete "
              + folder);
    }
  }

  /** A trial begins or goes on. */
  void begun(String trial, long parameters) {
    database.execute(
        "UPDATE trial SET status = ?, message = '', trace = '', parameters = ? WHERE id = ?",
        Status.OPEN.name(),
        parameters,
        trial);
  }

  /**
   * The data of a trial, unless they are known; told before anything that was learnt from them is
   * kept.
   */
  void trainedOn(String trial, String dataHash) {
    database.execute(
        "UPDATE trial SET data_hash = ? WHERE id = ? AND data_hash = ''", dataHash, trial);
  }

  /** A model's ops have no kernel and ran their float64 reference: its speed says nothing. */
  void ranByReference(String model, Set<String> ops) {
    addProvenance(Experiment.REFERENCE_OPS + model, String.join(", ", ops));
  }

  /** A trial has its weights from elsewhere. */
  void imported(String trial, String origin) {
    addProvenance("weights of " + trial, "imported from " + origin);
  }

  /** A trial was validated. */
  void validated(String trial, TrialState state, double tokensPerSecond, CurvePoint point) {
    database.transaction(() -> {
      database.execute(
          "INSERT OR REPLACE INTO curve VALUES (?, ?, ?, ?, ?, ?, ?)",
          trial,
          point.step(),
          point.tokens(),
          point.seconds(),
          point.trainLoss(),
          point.validationLoss(),
          json(point.metrics()));
      database.execute(
          "UPDATE trial SET steps = ?, best_step = ?, flops_per_token = ?, peak_bytes = ?,"
              + " train_seconds = ?, train_tokens_per_second = ? WHERE id = ?",
          state.step(),
          state.bestStep(),
          state.flopsPerToken(),
          state.peakBytes(),
          state.seconds(),
          tokensPerSecond,
          trial);
    });
  }

  /** A trial is done; whatever was stored of an earlier test is replaced. */
  void finished(String trial, TestResult result) {
    database.transaction(() -> {
      for (String table : List.of("metric", "bucket", "sample", "attention")) {
        database.execute("DELETE FROM " + table + " WHERE trial = ?", trial);
      }
      addMetrics(trial, result);
      addExamples(trial, result);
      database.execute(
          "UPDATE trial SET status = ?, weights_hash = ?, difficulty = ?, shared = ? WHERE id = ?",
          Status.FINISHED.name(),
          result.weightsHash(),
          result.difficulty(),
          result.shared(),
          trial);
    });
  }

  private void addMetrics(String trial, TestResult result) {
    int position = 0;
    for (Map.Entry<String, Double> metric : result.metrics().entrySet()) {
      Interval interval = result.intervals().get(metric.getKey());
      database.execute(
          "INSERT INTO metric VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
          trial,
          position++,
          metric.getKey(),
          metric.getValue(),
          interval.low(),
          interval.high(),
          interval.count(),
          result.higherIsBetter().get(metric.getKey()),
          result.chance().get(metric.getKey()));
    }
    for (Bucket b : result.buckets()) {
      database.execute(
          "INSERT INTO bucket VALUES (?, ?, ?, ?, ?)",
          trial,
          b.difficulty(),
          b.examples(),
          json(b.metrics()),
          json(b.chance()));
    }
  }

  private void addExamples(String trial, TestResult result) {
    int position = 0;
    for (Sample s : result.samples()) {
      database.execute(
          "INSERT INTO sample VALUES (?, ?, ?, ?, ?, ?)",
          trial,
          position++,
          s.source(),
          s.target(),
          s.output(),
          s.right());
    }
    position = 0;
    for (AttentionMap a : result.attention()) {
      database.execute(
          "INSERT INTO attention VALUES (?, ?, ?, ?, ?)",
          trial,
          position++,
          json(a.source()),
          json(a.output()),
          json(a.weights()));
    }
  }

  /** A trial came to a bad end. */
  void ended(String trial, Status status, String message, Throwable cause) {
    StringWriter trace = new StringWriter();
    cause.printStackTrace(new PrintWriter(trace));
    database.execute(
        "UPDATE trial SET status = ?, message = ?, trace = ? WHERE id = ?",
        status.name(),
        message,
        trace.toString(),
        trial);
  }

  /** Everything stored so far. */
  Experiment read() {
    return StoredExperiment.read(database);
  }

  private static String json(Object value) {
    return ConfigBinder.MAPPER.writeValueAsString(value);
  }

  @Override
  public void close() {
    database.close();
  }
}
