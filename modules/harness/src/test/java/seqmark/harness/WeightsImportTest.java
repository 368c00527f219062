package seqmark.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seqmark.compute.Shape;
import seqmark.harness.TrialResult.Sample;
import seqmark.harness.TrialResult.Status;
import seqmark.nn.io.Checkpoint;
import seqmark.nn.io.Safetensors;
import seqmark.nn.io.Tensor;

class WeightsImportTest {
  private static final String TRIAL = "reverse-bahdanau-1";

  @TempDir Path folder;
  private ExperimentConfig config;
  private TrialResult trained;
  private Path weights;

  @BeforeEach
  void train() {
    config = Tiny.config(folder, Tiny.CONFIG, "seeds=[1]");
    trained = Tiny.run(config, folder.resolve("trained")).trials().getLast();
    weights = folder.resolve("trained/checkpoints").resolve(TRIAL).resolve("best.safetensors");
  }

  private Experiment into(Path out, Path file, String model) {
    return new WeightsImport(file, config, Tiny.REGISTRY, "cpu").into(out, model, "reverse");
  }

  @Test
  void importedWeightsAreTestedAndAnswerAsTheTrainedOnesDo() throws IOException {
    Path out = folder.resolve("out");
    Experiment imported = into(out, weights, "bahdanau");
    TrialResult trial = imported.trials().getLast();
    assertEquals(TRIAL, trial.id());
    assertEquals(Status.FINISHED, trial.status());
    assertEquals(Status.OPEN, imported.trials().getFirst().status());
    assertEquals(trained.metrics(), trial.metrics());
    assertEquals(trained.weightsHash(), trial.weightsHash());
    assertEquals(
        "imported from %s, SHA-256 %s".formatted(weights, Digest.of(Files.readAllBytes(weights))),
        imported.provenance().get("weights of " + TRIAL));
    try (Predictor predictor = Predictor.open(out, TRIAL, Tiny.REGISTRY, "cpu")) {
      for (Sample sample : trained.samples()) {
        assertEquals(sample.output(), predictor.predict(sample.source()).output());
      }
    }
    UserError e = assertThrows(UserError.class, () -> into(out, weights, "bahdanau"));
    assertEquals(
        out + " has results of " + TRIAL + "; choose another folder with --out", e.getMessage());
  }

  @Test
  void weightsThatDoNotFitAreToldByName() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>(Safetensors.read(weights).tensors());
    String first = tensors.keySet().iterator().next();
    Shape shape = tensors.remove(first).shape();
    tensors.put("strange", new Tensor(Shape.of(2), new float[2]));
    tensors.put("output.bias", new Tensor(Shape.of(1), new float[1]));
    Path wrong = folder.resolve("wrong.safetensors");
    Safetensors.write(wrong, new Checkpoint(tensors, Map.of()));
    Path out = folder.resolve("out");
    UserError e = assertThrows(UserError.class, () -> into(out, wrong, "bahdanau"));
    for (String part :
        List.of(
            wrong + " does not fit model bahdanau on task reverse: missing: " + first + " " + shape,
            "; of another shape: output.bias is [1], expected [7]",
            "; unknown: strange")) {
      assertTrue(e.getMessage().contains(part), e.getMessage());
    }
    e = assertThrows(UserError.class, () -> into(out, weights, "lstm-seq2seq"));
    assertTrue(e.getMessage().endsWith(" more"), e.getMessage());
    assertTrue(Files.notExists(out), "nothing is written");
    Path missing = folder.resolve("missing");
    e = assertThrows(UserError.class, () -> into(out, missing, "bahdanau"));
    assertEquals(missing + ": no such file", e.getMessage());
  }
}
