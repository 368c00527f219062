package seqmark.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seqmark.harness.TrialResult.Sample;

class PredictorTest {
  @TempDir Path folder;
  private Experiment experiment;

  @BeforeEach
  void train() {
    experiment = Tiny.run(Tiny.config(folder, Tiny.CONFIG, "seeds=[1]"), folder);
  }

  @Test
  void answersAsTheTestDid() {
    for (TrialResult trial : experiment.trials()) {
      try (Predictor predictor = Predictor.open(folder, trial.id(), Tiny.REGISTRY, "cpu")) {
        for (Sample sample : trial.samples()) {
          assertEquals(sample.output(), predictor.predict(sample.source()).output());
        }
        assertEquals(
            !trial.attention().isEmpty(), predictor.predict("abc").attention().isPresent());
      }
    }
  }

  @Test
  void saysWhichTrialsAndSymbolsThereAre() {
    UserError e =
        assertThrows(
            UserError.class,
            () -> Predictor.open(folder, "reverse-bahdanau-7", Tiny.REGISTRY, "cpu"));
    assertTrue(e.getMessage().contains("did you mean 'reverse-bahdanau-1'?"), e.getMessage());
    try (Predictor predictor = Predictor.open(folder, "reverse-bahdanau-1", Tiny.REGISTRY, "cpu")) {
      e = assertThrows(UserError.class, () -> predictor.predict("axb"));
      assertEquals("input 'axb': vocabulary: unknown symbol 'x'", e.getMessage());
    }
  }

  @Test
  void explainsWithoutTraining() {
    ExperimentConfig config =
        Tiny.config(
            folder,
            Tiny.CONFIG,
            "budget.parameters=60_000",
            "models=[{model: lstm-seq2seq}, {model: bahdanau}]");
    Explanation explained = Explanation.of(config, Tiny.REGISTRY, "cpu", "bahdanau", "reverse");
    assertEquals(60_000, explained.parameters(), 1_200);
    assertTrue(explained.flopsPerStep() > 0 && explained.peakBytes() > 0);
    assertTrue(explained.graph().lines().count() > 10);
    UserError e =
        assertThrows(
            UserError.class,
            () -> Explanation.of(config, Tiny.REGISTRY, "cpu", "luong", "reverse"));
    assertTrue(e.getMessage().contains("its models: lstm-seq2seq, bahdanau"), e.getMessage());
  }
}
