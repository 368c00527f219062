package seqmark.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seqmark.harness.ExperimentConfig.ModelEntry;

class ExperimentConfigTest {
  @TempDir Path folder;

  @Test
  void readsNumbersAsPeopleWriteThem() {
    ExperimentConfig config =
        Tiny.config(folder, Tiny.CONFIG + "budget: {parameters: 60_000}\n", "train.steps=1_500");
    assertEquals(60_000, config.budget().parameters());
    assertEquals(1_500, config.train().steps());
    assertEquals(0.01, config.train().optimizer().adamw().lr());
    assertEquals(List.of(1L, 2L), config.seeds());
  }

  @Test
  void fillsInWhatIsNotSaid() {
    ExperimentConfig config = Tiny.config(folder, Tiny.CONFIG);
    assertEquals(1, config.train().clip());
    assertEquals(0.999, config.train().optimizer().adamw().beta2());
    assertEquals(1, config.decode().beam());
    // What was filled in is part of the config that is kept.
    ExperimentConfig again = Tiny.config(folder, config.yaml());
    assertEquals(config.yaml(), again.yaml());
    assertEquals(config.train(), again.train());
  }

  @Test
  void overridesReachEntriesByIdAndNumber() {
    ExperimentConfig config =
        Tiny.config(
            folder, Tiny.CONFIG, "models.bahdanau.hidden=6", "models.0.hidden=5", "seeds=[7]");
    assertEquals(List.of(5, 6), config.models().stream().map(ModelEntry::width).toList());
    assertEquals(List.of(7L), config.seeds());
  }

  @Test
  void labelsTellEntriesOfOneModelApart() {
    ExperimentConfig config =
        Tiny.config(
            folder,
            Tiny.CONFIG,
            "models=[{model: luong, score: dot}, {model: luong, window: local-m}, {model:"
                + " bahdanau}]");
    assertEquals(
        List.of("luong score=dot window=global", "luong score=general window=local-m", "bahdanau"),
        config.models().stream().map(ModelEntry::label).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"quickstart", "g2p", "reverse"})
  void theConfigsOfThisProjectAreValid(String name) {
    Path file = Path.of("../../configs", name + ".yaml");
    assertEquals(name, ExperimentConfig.read(file, List.of(), Tiny.REGISTRY).name());
  }

  @Test
  void trialsAreTheProductOfEverything() {
    ExperimentConfig config =
        Tiny.config(
            folder,
            Tiny.CONFIG,
            "models=[{model: luong}, {model: bahdanau}]",
            "grid={train.optimizer.adamw.lr: [1e-2, 1e-3], models.luong.score: [dot, general]}");
    List<Trial> trials = Trial.all(config, new ConfigReader(Tiny.REGISTRY, folder));
    // Luong has 2 x 2 settings, Bahdanau has no score: 2.
    assertEquals(
        List.of(
            "reverse-luong-lr0.01-scoredot-1",
            "reverse-luong-lr0.01-scoredot-2",
            "reverse-luong-lr0.01-scoregeneral-1",
            "reverse-luong-lr0.01-scoregeneral-2",
            "reverse-luong-lr0.001-scoredot-1",
            "reverse-luong-lr0.001-scoredot-2",
            "reverse-luong-lr0.001-scoregeneral-1",
            "reverse-luong-lr0.001-scoregeneral-2",
            "reverse-bahdanau-lr0.01-1",
            "reverse-bahdanau-lr0.01-2",
            "reverse-bahdanau-lr0.001-1",
            "reverse-bahdanau-lr0.001-2"),
        trials.stream().map(Trial::id).toList());
    Trial third = trials.get(4);
    assertEquals(1e-3, third.train().optimizer().adamw().lr());
    assertTrue(third.model().options().toString().contains("score=dot"));
    assertEquals(
        Map.of("train.optimizer.adamw.lr", "0.001", "models.luong.score", "dot"), third.setting());
    assertEquals(Map.of("train.optimizer.adamw.lr", "0.001"), trials.getLast().setting());
  }
}
