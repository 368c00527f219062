package seqmark.model.attention;

import java.util.List;
import java.util.Map;
import seqmark.backend.cpu.Cpu;
import seqmark.compute.Backend;
import seqmark.compute.Reference;
import seqmark.nn.ModelProvider;
import seqmark.nn.layer.Cell;
import seqmark.testkit.ModelContract;

class BahdanauTest extends ModelContract<BahdanauConfig> {
  @Override
  protected ModelProvider<BahdanauConfig> provider() {
    return new BahdanauProvider();
  }

  @Override
  protected List<Backend> backends() {
    return List.of(new Reference(), new Cpu());
  }

  @Override
  protected Map<String, BahdanauConfig> settings() {
    return Map.of(
        "rnn", new BahdanauConfig(16, 8, 0, 1, Cell.Kind.RNN, 0),
        "gru", new BahdanauConfig(16, 8, 12, 1, Cell.Kind.GRU, 0),
        "lstm, odd width", new BahdanauConfig(17, 8, 0, 1, Cell.Kind.LSTM, 0),
        "two layers, dropout", new BahdanauConfig(16, 8, 0, 2, Cell.Kind.LSTM, 0.1));
  }
}
