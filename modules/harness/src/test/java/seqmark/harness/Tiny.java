package seqmark.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** An experiment that takes a second. */
final class Tiny {
  /** The models, tasks and backends of this project. */
  static final Registry REGISTRY = Registry.builtIn();

  static final String CONFIG =
      """
      name: tiny
      seeds: [1, 2]
      train:
        steps: 12
        batch: 8
        optimizer: {adamw: {lr: 1e-2}}
        schedule: {cosine: {warmup: 2}}
        evaluateEvery: 4
      tasks:
        - {task: reverse, alphabet: 4, length: [1, 5], train: 70, validation: 20, test: 30}
      models:
        - {model: lstm-seq2seq, hidden: 8, embedding: 4}
        - {model: bahdanau, hidden: 8, embedding: 4}
      """;

  private Tiny() {}

  /** Writes a config into a folder and reads it. */
  static ExperimentConfig config(Path folder, String yaml, String... overrides) {
    try {
      Path file = Files.writeString(folder.resolve("config.yaml"), yaml);
      return ExperimentConfig.read(file, List.of(overrides), REGISTRY);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Runner runner(
      ExperimentConfig config, Path folder, int jobs, int threads, Consumer<Progress> progress) {
    RunOptions options = new RunOptions(folder, RunOptions.DEFAULT_BACKEND, jobs, threads);
    return new Runner(config, REGISTRY, options, progress);
  }

  static Experiment run(ExperimentConfig config, Path folder) {
    return runner(config, folder, 1, 1, p -> {}).run();
  }
}
