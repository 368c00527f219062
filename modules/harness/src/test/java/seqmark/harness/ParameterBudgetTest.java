package seqmark.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seqmark.harness.ExperimentConfig.ModelEntry;
import seqmark.nn.Problem;

class ParameterBudgetTest {
  private static final Problem PROBLEM = Problem.of(29, 42, 34, 30);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {60_000, 250_000, 1_000_000})
  void everyModelComesWithinTwoPercent(long budget) {
    ExperimentConfig config =
        Tiny.config(
            folder,
            Tiny.CONFIG,
            "models=[{model: lstm-seq2seq}, {model: lstm-seq2seq, bidirectional: true, layers: 2},"
                + " {model: luong, score: concat}, {model: bahdanau}, {model: transformer},"
                + " {model: transformer, heads: 8, positions: rotary}, {model: transformer-decoder}]");
    for (ModelEntry<?> model : config.models()) {
      ModelEntry<?> sized = ParameterBudget.meet(model, "g2p", PROBLEM, budget);
      long count = ParameterBudget.count(ParameterBudget.parameters(sized, "g2p", PROBLEM));
      assertTrue(Math.abs(count - budget) <= 0.02 * budget, model.label() + ": " + count);
      assertEquals(model.label(), sized.label());
    }
  }

  @Test
  void saysWhatComesNearest() {
    ModelEntry<?> model = Tiny.config(folder, Tiny.CONFIG).models().getFirst();
    UserError e =
        assertThrows(UserError.class, () -> ParameterBudget.meet(model, "g2p", PROBLEM, 100));
    assertTrue(
        e.getMessage()
            .startsWith(
                "budget.parameters: no width gives model lstm-seq2seq on task g2p 100 parameters"
                    + " (within 2%); the nearest is width 1 with "),
        e.getMessage());
  }

  @Test
  void refusesABudgetForAModelWhoseWidthIsGiven() {
    ExperimentConfig config = Tiny.config(folder, Tiny.CONFIG, "budget.parameters=60_000");
    UserError e = assertThrows(UserError.class, () -> Tiny.run(config, folder.resolve("out")));
    assertTrue(
        e.getMessage().contains("its width is given (8), but budget.parameters solves for it"),
        e.getMessage());
  }
}
