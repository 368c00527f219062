package seqmark.model.memory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import seqmark.backend.cpu.Cpu;
import seqmark.compute.Backend;
import seqmark.compute.Reference;
import seqmark.nn.ModelProvider;
import seqmark.nn.Problem;
import seqmark.testkit.ModelContract;

class KeyValueMemoryTest {
  static Map<String, KeyValueMemoryConfig> small() {
    Map<String, KeyValueMemoryConfig> settings = new LinkedHashMap<>();
    for (int hops : new int[] {1, 3}) {
      settings.put(
          "hops " + hops,
          new KeyValueMemoryConfig(16, hops, Encoding.POSITION, Temporal.BOTH, 3, 0));
    }
    settings.put(
        "bag, no order, long windows, odd width",
        new KeyValueMemoryConfig(17, 2, Encoding.BAG, Temporal.NONE, 9, 0));
    settings.put(
        "one token of context, dropout",
        new KeyValueMemoryConfig(16, 2, Encoding.POSITION, Temporal.START, 1, 0.1));
    return settings;
  }

  private abstract static class Contract extends ModelContract<KeyValueMemoryConfig> {
    @Override
    protected ModelProvider<KeyValueMemoryConfig> provider() {
      return new KeyValueMemoryProvider();
    }

    @Override
    protected List<Backend> backends() {
      return List.of(new Reference(), new Cpu());
    }

    @Override
    protected Map<String, KeyValueMemoryConfig> settings() {
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
