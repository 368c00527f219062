import seqmark.model.memory.KeyValueMemoryProvider;
import seqmark.model.memory.MemoryNetworkProvider;
import seqmark.nn.ModelProvider;

/** End-to-end and key-value memory networks. */
module seqmark.model.memory {
  requires transitive seqmark.nn;

  exports seqmark.model.memory;

  provides ModelProvider with
      MemoryNetworkProvider,
      KeyValueMemoryProvider;
}
