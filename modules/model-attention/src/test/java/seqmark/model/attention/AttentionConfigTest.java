package seqmark.model.attention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import seqmark.compute.Graph;
import seqmark.model.attention.LuongConfig.Score;
import seqmark.model.attention.LuongConfig.Window;
import seqmark.nn.Batch;
import seqmark.nn.Problem;
import seqmark.nn.layer.Cell;

class AttentionConfigTest {
  private static LuongConfig luong(int hidden, double dropout, int radius) {
    return new LuongConfig(
        hidden, 8, 1, true, Cell.Kind.LSTM, dropout, Score.LOCATION, Window.GLOBAL, radius, true);
  }

  private static void assertMessage(String expected, Executable code) {
    assertEquals(expected, assertThrows(IllegalArgumentException.class, code).getMessage());
  }

  @Test
  void badSettingsAreNamedWithTheirRange() {
    assertMessage("hidden: must be at least 2, found 1", () -> luong(1, 0, 1));
    assertMessage("dropout: must be in [0, 1), found 1.0", () -> luong(2, 1, 1));
    assertMessage("radius: must be at least 1, found 0", () -> luong(2, 0, 0));
    assertMessage(
        "attention: must be at least 0, found -1",
        () -> new BahdanauConfig(8, 8, -1, 1, Cell.Kind.GRU, 0));
  }

  @Test
  void settingsAreSpelledAsInConfigs() {
    assertEquals("local-m", Window.LOCAL_M.toString());
    assertEquals("general", Score.GENERAL.toString());
    assertEquals("lstm", Cell.Kind.LSTM.toString());
  }

  @Test
  void theLocationScoreRefusesLongerSources() {
    Graph g = new Graph(false);
    Luong model = new Luong(luong(8, 0, 1), Problem.of(5, 5, 3, 3));
    assertMessage(
        "luong: score location is built for sources of up to 3 tokens, found 4: use another score",
        () -> model.logits(g, Batch.inputs(g, 1, 4, 2, 0)));
  }
}
