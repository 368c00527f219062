package seqmark.model.attention;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import seqmark.backend.cpu.Cpu;
import seqmark.compute.Backend;
import seqmark.compute.Reference;
import seqmark.model.attention.LuongConfig.Score;
import seqmark.model.attention.LuongConfig.Window;
import seqmark.nn.ModelProvider;
import seqmark.nn.layer.Cell;
import seqmark.testkit.ModelContract;

class LuongTest extends ModelContract<LuongConfig> {
  @Override
  protected ModelProvider<LuongConfig> provider() {
    return new LuongProvider();
  }

  @Override
  protected List<Backend> backends() {
    return List.of(new Reference(), new Cpu());
  }

  @Override
  protected Map<String, LuongConfig> settings() {
    Map<String, LuongConfig> settings = new LinkedHashMap<>();
    for (Score score : Score.values()) {
      for (Window window : Window.values()) {
        for (boolean fed : new boolean[] {false, true}) {
          LuongConfig c =
              new LuongConfig(16, 8, 1, true, Cell.Kind.LSTM, 0.0, score, window, 2, fed);
          settings.put(score + " " + window + (fed ? " fed" : ""), c);
        }
      }
    }
    settings.put(
        "gru, two layers, dropout",
        new LuongConfig(
            16, 8, 2, false, Cell.Kind.GRU, 0.1, Score.GENERAL, Window.GLOBAL, 2, true));
    return settings;
  }
}
