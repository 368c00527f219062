package seqmark.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The results of an experiment as files: an SQLite file with everything, and a JSON summary. */
public final class Results {
  /** The name of the file in the output folder. */
  public static final String FILE = "results.sqlite";

  /** The name of the summary in the output folder: one object per trial. */
  public static final String SUMMARY = "results.json";

  private Results() {}

  /**
   * Reads all results of a folder, finished or not.
   *
   * @throws UserError if there are none or they cannot be read
   */
  public static Experiment read(Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      throw new UserError(folder + ": has no results, expected a file " + FILE);
    }
    try (Database database = Database.open(file)) {
      return StoredExperiment.read(database);
    }
  }

  /** The config whose results a folder has. */
  static ExperimentConfig config(Path folder, Registry registry) {
    try (Database database = Database.open(folder.resolve(FILE))) {
      return database
          .query(
              row ->
                  new ConfigReader(registry, Path.of(row.getString("folder")))
                      .read(ConfigTree.parse("the config in " + folder, row.getString("config"))),
              "SELECT * FROM experiment")
          .getFirst();
    }
  }

  /** Writes the summary, as a whole or not at all. */
  static void writeSummary(Path folder, Experiment experiment) {
    JsonMapper mapper =
        ConfigBinder.MAPPER.rebuild().enable(SerializationFeature.INDENT_OUTPUT).build();
    List<Map<String, Object>> trials =
        experiment.trials().stream()
            .map(t -> summary(t, experiment.referenceOps().getOrDefault(t.model(), "")))
            .toList();
    Path file = folder.resolve(SUMMARY);
    Path temporary = folder.resolve(SUMMARY + ".tmp");
    try {
      Files.writeString(temporary, mapper.writeValueAsString(trials) + "\n");
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw Storage.failed(file.toString(), e);
    }
  }

  private static Map<String, Object> summary(TrialResult t, String referenceOps) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("id", t.id());
    summary.put("model", t.model());
    summary.put("task", t.task());
    summary.put("seed", t.seed());
    summary.put("setting", t.setting());
    summary.put("status", t.status());
    summary.put("message", t.message());
    summary.put("parameters", t.parameters());
    summary.put("flopsPerToken", t.flopsPerToken());
    summary.put("steps", t.steps());
    summary.put("bestStep", t.bestStep());
    summary.put("test", t.metrics());
    summary.put("chance", t.chance());
    summary.put("sharedTestExamples", t.shared());
    summary.put("trainTokensPerSecond", t.trainTokensPerSecond());
    summary.put("trainSeconds", t.trainSeconds());
    summary.put("peakBytes", t.peakBytes());
    summary.put("referenceOps", referenceOps);
    summary.put("dataHash", t.dataHash());
    summary.put("weightsHash", t.weightsHash());
    return summary;
  }
}
