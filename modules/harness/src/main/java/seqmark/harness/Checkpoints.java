package seqmark.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import seqmark.compute.Session;
import seqmark.compute.Value;
import seqmark.nn.io.Checkpoint;
import seqmark.nn.io.Safetensors;
import seqmark.nn.io.Tensor;
import tools.jackson.core.JacksonException;

/**
 * A trial's weights on disk, in {@code checkpoints/<trial>/}: {@code last.safetensors}, from which
 * training goes on, and {@code best.safetensors}, which is tested.
 */
final class Checkpoints {
  private static final String TRIAL = "trial";
  private static final String ORIGIN = "origin";
  private static final String STEP = "step";
  private static final String STATE = "state";

  private final Prepared trial;
  private final ExperimentConfig config;
  private final Path last;
  private final Path best;

  /** The checkpoints of a trial in its experiment's folder. */
  Checkpoints(Path folder, ExperimentConfig config, Prepared trial) {
    this.trial = trial;
    this.config = config;
    Path own = folder.resolve("checkpoints").resolve(trial.id());
    this.last = own.resolve("last.safetensors");
    this.best = own.resolve("best.safetensors");
  }

  /** A hash of all that the weights depend on: a trial of another config may have the same id. */
  private String origin() {
    Digest digest = new Digest();
    digest.add(config.yaml());
    digest.add(trial.corpus().hash());
    return digest.hexadecimal();
  }

  /** Keeps everything that is needed to go on. */
  void saveLast(Session session, TrialState state) {
    String json = ConfigBinder.MAPPER.writeValueAsString(state);
    write(last, Checkpoint.of(session, metadata(STATE, json)));
  }

  /** Keeps the weights of the best step so far. */
  void saveBest(Session session, int step) {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    for (Value p : trial.parameters()) {
      weights.put(p.name(), new Tensor(p.shape(), session.read(p.name())));
    }
    write(best, new Checkpoint(weights, metadata(STEP, Integer.toString(step))));
  }

  private Map<String, String> metadata(String key, String value) {
    return Map.of(TRIAL, trial.id(), ORIGIN, origin(), key, value);
  }

  /** Puts a session where the trial stood; empty if it has not begun. */
  Optional<TrialState> restoreLast(Session session) {
    if (!Files.exists(last)) {
      return Optional.empty();
    }
    Checkpoint checkpoint = read(last);
    try {
      TrialState state =
          ConfigBinder.MAPPER.readValue(
              checkpoint.metadata().getOrDefault(STATE, ""), TrialState.class);
      checkpoint.restore(session);
      return Optional.of(state);
    } catch (JacksonException e) {
      throw unusable(last, "its state cannot be read", e);
    }
  }

  /** Puts the weights of the best step into a session and returns the hash of their bits. */
  String restoreBest(Session session, int step) {
    Checkpoint checkpoint = read(best);
    if (!Integer.toString(step).equals(checkpoint.metadata().get(STEP))) {
      String found = checkpoint.metadata().get(STEP);
      throw unusable(best, "expected step " + step + ", but found " + found, null);
    }
    checkpoint.restore(session);
    Digest digest = new Digest();
    for (Value p : trial.parameters()) {
      digest.add(p.name());
      digest.add(p.shape().toArray());
      digest.add(checkpoint.tensors().get(p.name()).values());
    }
    return digest.hexadecimal();
  }

  private void write(Path file, Checkpoint checkpoint) {
    try {
      Files.createDirectories(file.getParent());
      Safetensors.write(file, checkpoint);
    } catch (IOException e) {
      throw Storage.failed(file.toString(), e);
    }
  }

  /** Reads a file and makes sure that it fits the trial. */
  private Checkpoint read(Path file) {
    Checkpoint checkpoint;
    try {
      checkpoint = Safetensors.read(file);
    } catch (IOException e) {
      throw new UserError("checkpoint " + e.getMessage() + "; " + remedy(), e);
    }
    String found = checkpoint.metadata().get(TRIAL);
    if (!trial.id().equals(found)) {
      throw unusable(file, "is not of this trial, but of " + found, null);
    }
    if (!origin().equals(checkpoint.metadata().get(ORIGIN))) {
      throw unusable(file, "is of another config or of other data", null);
    }
    for (Value p : trial.parameters()) {
      Tensor tensor = checkpoint.tensors().get(p.name());
      if (tensor == null || !tensor.shape().equals(p.shape())) {
        String shape = tensor == null ? "none" : "shape " + tensor.shape();
        throw unusable(
            file, "expected " + p.name() + " with shape " + p.shape() + ", found " + shape, null);
      }
    }
    return checkpoint;
  }

  private UserError unusable(Path file, String why, Exception cause) {
    return new UserError("checkpoint " + file + ": " + why + "; " + remedy(), cause);
  }

  private String remedy() {
    return "delete the folder " + last.getParent() + " to train " + trial.id() + " from the start";
  }
}
