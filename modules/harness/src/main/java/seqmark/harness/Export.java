package seqmark.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import seqmark.compute.Session;
import seqmark.compute.Shape;
import seqmark.nn.Tokens;
import seqmark.nn.io.Checkpoint;
import seqmark.nn.io.Safetensors;
import seqmark.nn.io.Tensor;
import seqmark.nn.train.Probe;
import seqmark.tasks.Example;
import seqmark.tasks.Split;
import tools.jackson.databind.SerializationFeature;

/**
 * An untrained model and a training step of it as files, with which anyone can check it against an
 * implementation of their own. The same config and seed give the same bytes.
 */
public final class Export {
  /** The parameters, by their names in the graph. */
  public static final String WEIGHTS = "weights.safetensors";

  /** The first training examples as a batch: inputs, targets, masks. */
  public static final String BATCH = "batch.safetensors";

  /** Logits, loss and the gradient of every parameter. */
  public static final String OUTPUTS = "outputs.safetensors";

  /** Every hyperparameter, the task's extents, the extents of the batch. */
  public static final String MODEL = "model.json";

  private Export() {}

  /**
   * Writes the four files.
   *
   * @param folder made if it is not there
   * @param model the model's label in the config
   * @param task the task's label in the config
   * @throws UserError if the config has no such model or task, or files cannot be written
   */
  public static void write(
      Path folder,
      ExperimentConfig config,
      Registry registry,
      String backend,
      String model,
      String task) {
    Prepared trial = Prepared.of(config, registry, model, task);
    int size = trial.plan().train().batch();
    long seed = trial.plan().seed();
    // As they come, not sorted by length as in training: masks are worth checking too.
    List<Example> batch = trial.corpus().of(Split.TRAIN).subList(0, size);
    try (Session session = registry.backend(backend).open(seed, 1)) {
      Probe probe =
          new Blame(registry, trial.plan())
              .during(() ->
                  Probe.of(trial.model(), session, Batches.sources(batch), Batches.targets(batch)));
      Files.createDirectories(folder);
      write(folder.resolve(WEIGHTS), probe.weights());
      write(folder.resolve(BATCH), probe.batch());
      write(folder.resolve(OUTPUTS), probe.outputs());
      Files.writeString(folder.resolve(MODEL), json(trial, probe.outputs().get("logits").shape()));
    } catch (IOException e) {
      throw Storage.failed(folder.toString(), e);
    }
  }

  private static void write(Path file, Map<String, Tensor> tensors) throws IOException {
    Safetensors.write(file, new Checkpoint(tensors, Map.of()));
  }

  private static String json(Prepared trial, Shape logits) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("model", trial.entry().provider().id());
    model.put("settings", trial.entry().options());
    model.put("task", trial.plan().task().provider().id());
    model.put("taskSettings", trial.plan().task().options());
    model.put("seed", trial.plan().seed());
    model.put("problem", trial.corpus().problem());
    model.put("parameters", trial.parameterCount());
    model.put("logits", logits.toArray());
    model.put("dataHash", trial.corpus().hash());
    model.put("tokens", tokens());
    return ConfigBinder.MAPPER
            .rebuild()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build()
            .writeValueAsString(model)
        + "\n";
  }

  private static Map<String, Integer> tokens() {
    Map<String, Integer> tokens = new LinkedHashMap<>();
    tokens.put("padding", Tokens.PAD);
    tokens.put("begin", Tokens.BOS);
    tokens.put("end", Tokens.EOS);
    return tokens;
  }
}
