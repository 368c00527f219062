package seqmark.model.memory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import seqmark.backend.cpu.Cpu;
import seqmark.compute.Backend;
import seqmark.compute.Reference;
import seqmark.model.memory.MemoryNetworkConfig.Tying;
import seqmark.nn.ModelProvider;
import seqmark.nn.Problem;
import seqmark.testkit.ModelContract;

class MemoryNetworkTest {
  static Map<String, MemoryNetworkConfig> small() {
    Map<String, MemoryNetworkConfig> settings = new LinkedHashMap<>();
    for (Tying tying : Tying.values()) {
      for (int hops : new int[] {1, 3}) {
        settings.put(
            tying + ", hops " + hops,
            new MemoryNetworkConfig(16, hops, tying, Encoding.POSITION, Temporal.BOTH, 4, 0));
      }
    }
    settings.put(
        "bag, no order, one token of context",
        new MemoryNetworkConfig(16, 2, Tying.ADJACENT, Encoding.BAG, Temporal.NONE, 1, 0));
    settings.put(
        "order from the start, odd width",
        new MemoryNetworkConfig(17, 2, Tying.LAYER_WISE, Encoding.BAG, Temporal.START, 3, 0));
    settings.put(
        "order from the end, dropout",
        new MemoryNetworkConfig(16, 2, Tying.ADJACENT, Encoding.POSITION, Temporal.END, 9, 0.1));
    return settings;
  }

  private abstract static class Contract extends ModelContract<MemoryNetworkConfig> {
    @Override
    protected ModelProvider<MemoryNetworkConfig> provider() {
      return new MemoryNetworkProvider();
    }

    @Override
    protected List<Backend> backends() {
      return List.of(new Reference(), new Cpu());
    }

    @Override
    protected Map<String, MemoryNetworkConfig> settings() {
      return small();
    }
  }

  @Nested
  class OverTokens extends Contract {}

  @Nested
  class OverSentences extends Contract {
    @Override
    protected Problem problem() {
      return MemoryTest.SENTENCES;
    }
  }
}
