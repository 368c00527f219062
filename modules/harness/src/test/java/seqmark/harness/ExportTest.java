package seqmark.harness;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seqmark.compute.Session;
import seqmark.compute.Shape;
import seqmark.nn.io.Safetensors;
import seqmark.nn.io.Tensor;
import seqmark.nn.train.Probe;
import seqmark.tasks.Example;
import seqmark.tasks.Split;
import tools.jackson.databind.JsonNode;

class ExportTest {
  private static final List<String> FILES =
      List.of(Export.WEIGHTS, Export.BATCH, Export.OUTPUTS, Export.MODEL);

  @TempDir Path folder;

  private Path export(String name, String model, String... overrides) {
    Path out = folder.resolve(name);
    ExperimentConfig config = Tiny.config(folder, Tiny.CONFIG, overrides);
    Export.write(out, config, Tiny.REGISTRY, "cpu", model, "reverse");
    return out;
  }

  private static Map<String, Tensor> read(Path folder, String file) throws IOException {
    return Safetensors.read(folder.resolve(file)).tensors();
  }

  @Test
  void lossFollowsFromLogitsTargetsAndMask() throws IOException {
    Path out = export("out", "bahdanau");
    Map<String, Tensor> batch = read(out, Export.BATCH);
    assertEquals(
        List.of("source", "source.mask", "target.in", "target.out", "target.mask"),
        List.copyOf(batch.keySet()));
    Tensor logits = read(out, Export.OUTPUTS).get("logits");
    int vocabulary = logits.shape().dim(2);
    double nats = 0;
    double tokens = 0;
    for (int i = 0; i < batch.get("target.out").values().length; i++) {
      double sum = 0;
      for (int v = 0; v < vocabulary; v++) {
        sum += Math.exp(logits.values()[i * vocabulary + v]);
      }
      int right = (int) batch.get("target.out").values()[i];
      double mask = batch.get("target.mask").values()[i];
      nats += mask * (Math.log(sum) - logits.values()[i * vocabulary + right]);
      tokens += mask;
    }
    assertTrue(tokens > 8 && tokens < batch.get("target.mask").values().length, "some padding");
    Tensor loss = read(out, Export.OUTPUTS).get("loss");
    assertEquals(Shape.SCALAR, loss.shape());
    assertEquals(nats / tokens, loss.values()[0], 1e-5);
  }

  @Test
  void everyParameterHasItsGradient() throws IOException {
    ExperimentConfig config = Tiny.config(folder, Tiny.CONFIG);
    Prepared trial = Prepared.of(config, Tiny.REGISTRY, "lstm-seq2seq", "reverse");
    Path out = export("out", "lstm-seq2seq");
    Map<String, Tensor> weights = read(out, Export.WEIGHTS);
    Map<String, Tensor> outputs = read(out, Export.OUTPUTS);
    assertEquals(trial.parameters().size(), weights.size());
    List<String> expected = new ArrayList<>(List.of("logits", "loss"));
    weights.keySet().forEach(name -> expected.add("grad." + name));
    assertEquals(expected, List.copyOf(outputs.keySet()));
    for (String name : weights.keySet()) {
      Tensor gradient = outputs.get("grad." + name);
      assertEquals(weights.get(name).shape(), gradient.shape());
      double slope = (loss(trial, weights, name, 1e-2) - loss(trial, weights, name, -1e-2)) / 2e-2;
      assertEquals(slope, gradient.values()[0], 1e-4, name);
    }
  }

  /** The loss with the first number of a parameter moved. */
  private static double loss(Prepared trial, Map<String, Tensor> weights, String name, double by) {
    List<Example> batch = trial.corpus().of(Split.TRAIN).subList(0, 8);
    try (Session session = Tiny.REGISTRY.backend("reference").open(99, 1)) {
      weights.forEach((n, t) -> {
        float[] values = t.values().clone();
        values[0] += n.equals(name) ? (float) by : 0;
        session.write(n, t.shape(), values);
      });
      return Probe.of(trial.model(), session, Batches.sources(batch), Batches.targets(batch))
          .outputs()
          .get("loss")
          .values()[0];
    }
  }

  @Test
  void theSameCommandGivesTheSameBytes() throws IOException {
    Path one = export("one", "bahdanau");
    Path two = export("two", "bahdanau");
    Path other = export("other", "bahdanau", "seeds=[2]");
    for (String file : FILES) {
      byte[] bytes = Files.readAllBytes(one.resolve(file));
      assertArrayEquals(bytes, Files.readAllBytes(two.resolve(file)), file);
      assertFalse(Arrays.equals(bytes, Files.readAllBytes(other.resolve(file))), file);
    }
  }

  @Test
  void dropoutIsOff() throws IOException {
    Path plain = export("plain", "lstm-seq2seq");
    Path dropout =
        export(
            "dropout",
            "lstm-seq2seq",
            "models.lstm-seq2seq.dropout=0.5",
            "train.labelSmoothing=0.1");
    assertArrayEquals(
        Files.readAllBytes(plain.resolve(Export.OUTPUTS)),
        Files.readAllBytes(dropout.resolve(Export.OUTPUTS)));
  }

  @Test
  void allSettingsAreWritten() throws IOException {
    Path out =
        export("out", "lstm-seq2seq", "budget.parameters=20_000", "models=[{model: lstm-seq2seq}]");
    JsonNode model = ConfigBinder.MAPPER.readTree(Files.readString(out.resolve(Export.MODEL)));
    assertEquals("lstm-seq2seq", model.path("model").asString());
    int hidden = model.path("settings").path("hidden").asInt();
    assertEquals(
        hidden, read(out, Export.WEIGHTS).get("output.weight").shape().dim(0), "solved width");
    assertEquals(4 + 3, model.path("problem").path("sourceVocabulary").asInt());
    assertEquals(4, model.path("taskSettings").path("alphabet").asInt());
    assertEquals(2, model.path("tokens").path("end").asInt());
  }

  @Test
  void aConfigOfOneModelNeedsNoFile() {
    ExperimentConfig config =
        ExperimentConfig.of(
            "luong", "copy", List.of("models.luong.hidden=8", "seeds=[7]"), Tiny.REGISTRY);
    assertEquals(8, config.models().getFirst().width());
    assertEquals(List.of(7L), config.seeds());
    UserError e =
        assertThrows(
            UserError.class, () -> ExperimentConfig.of("loung", "copy", List.of(), Tiny.REGISTRY));
    assertTrue(e.getMessage().contains("did you mean 'luong'?"), e.getMessage());
  }
}
