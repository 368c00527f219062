package seqmark.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import seqmark.compute.Session;
import seqmark.compute.Value;
import seqmark.harness.TrialResult.Status;
import seqmark.nn.io.Checkpoint;
import seqmark.nn.io.Safetensors;
import seqmark.nn.io.Tensor;

/** Weights from elsewhere as a trial of this project: tested, and ready to be asked. */
public final class WeightsImport {
  private static final int SHOWN = 5;

  private final Path file;
  private final ExperimentConfig config;
  private final Registry registry;
  private final String backend;

  /**
   * Names the weights; {@link #into} reads them.
   *
   * @param file safetensors, with the parameters' names and shapes as {@link Export} writes them
   */
  public WeightsImport(Path file, ExperimentConfig config, Registry registry, String backend) {
    this.file = file;
    this.config = config;
    this.registry = registry;
    this.backend = backend;
  }

  /**
   * Puts the weights where a trained trial has its best ones, and tests them on the task's test
   * set. Afterwards reports show the trial and a {@link Predictor} opens it.
   *
   * @param folder an output folder, new or of the same config
   * @param model the model's label in the config
   * @param task the task's label in the config
   * @return all results of the folder
   * @throws UserError if the weights do not fit the model (naming what is missing, unknown or of
   *     another shape), or the folder has weights of this trial already
   */
  public Experiment into(Path folder, String model, String task) {
    Prepared trial = Prepared.of(config, registry, model, task);
    Map<String, Tensor> weights = read(trial);
    List<Trial> trials = Trial.all(config, new ConfigReader(registry, config.folder()));
    RunOptions options = new RunOptions(folder, backend, 1, 1);
    Map<String, String> provenance = Provenance.of(config, registry, options);
    try (FolderLock lock = FolderLock.of(folder);
        Store store = Store.open(lock.folder(), config, trials, provenance)) {
      if (store.status(trial.id()) != Status.OPEN) {
        throw new UserError(
            folder + " has results of " + trial.id() + "; choose another folder with --out");
      }
      store.begun(trial.id(), trial.parameterCount());
      store.trainedOn(trial.id(), trial.corpus().hash());
      store.imported(trial.id(), file + ", SHA-256 " + hash());
      TestResult tested =
          new Blame(registry, trial.plan()).during(() -> test(folder, trial, weights));
      store.finished(trial.id(), tested);
      Experiment experiment = store.read();
      Results.writeSummary(folder, experiment);
      return experiment;
    }
  }

  private TestResult test(Path folder, Prepared trial, Map<String, Tensor> weights) {
    Checkpoints checkpoints = new Checkpoints(folder, config, trial);
    try (Session session = registry.backend(backend).open(trial.plan().seed(), 1)) {
      weights.forEach((name, t) -> session.write(name, t.shape(), t.values()));
      checkpoints.saveBest(session, 0);
      String hash = checkpoints.restoreBest(session, 0);
      Evaluator evaluator = new Evaluator(trial, session, () -> false);
      return TestResult.of(trial.corpus(), evaluator, hash);
    }
  }

  private Map<String, Tensor> read(Prepared trial) {
    Checkpoint found;
    try {
      found = Safetensors.read(file);
    } catch (IOException e) {
      throw new UserError(e.getMessage(), e);
    }
    Map<String, Tensor> left = new LinkedHashMap<>(found.tensors());
    List<String> missing = new ArrayList<>();
    List<String> other = new ArrayList<>();
    for (Value p : trial.parameters()) {
      Tensor tensor = left.remove(p.name());
      if (tensor == null) {
        missing.add(p.name() + " " + p.shape());
      } else if (!tensor.shape().equals(p.shape())) {
        other.add(p.name() + " is " + tensor.shape() + ", expected " + p.shape());
      }
    }
    List<String> wrong = new ArrayList<>();
    tell("missing", missing, wrong);
    tell("of another shape", other, wrong);
    tell("unknown", left.keySet(), wrong);
    if (!wrong.isEmpty()) {
      throw new UserError(
          "%s does not fit model %s on task %s: %s"
              .formatted(
                  file,
                  trial.plan().model().label(),
                  trial.plan().task().label(),
                  String.join("; ", wrong)));
    }
    return found.tensors();
  }

  private static void tell(String what, Collection<String> names, List<String> wrong) {
    if (!names.isEmpty()) {
      String shown = names.stream().limit(SHOWN).collect(Collectors.joining(", "));
      int more = Math.max(0, names.size() - SHOWN);
      wrong.add(what + ": " + shown + (more > 0 ? " and " + more + " more" : ""));
    }
  }

  private String hash() {
    try {
      return Digest.of(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UserError(file + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
