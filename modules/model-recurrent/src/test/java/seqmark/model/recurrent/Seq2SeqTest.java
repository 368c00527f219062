package seqmark.model.recurrent;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import seqmark.backend.cpu.Cpu;
import seqmark.compute.Backend;
import seqmark.compute.Reference;
import seqmark.nn.ModelProvider;
import seqmark.testkit.ModelContract;

class Seq2SeqTest {
  private abstract static class Contract extends ModelContract<Seq2SeqConfig> {
    @Override
    protected List<Backend> backends() {
      return List.of(new Reference(), new Cpu());
    }

    @Override
    protected Map<String, Seq2SeqConfig> settings() {
      return Map.of(
          "plain", new Seq2SeqConfig(16, 8, 1, false, 0, false),
          "reversed", new Seq2SeqConfig(16, 8, 1, false, 0, true),
          "bidirectional, odd width", new Seq2SeqConfig(17, 8, 1, true, 0, false),
          "two layers, dropout", new Seq2SeqConfig(16, 8, 2, true, 0.1, false));
    }
  }

  @Nested
  class Rnn extends Contract {
    @Override
    protected ModelProvider<Seq2SeqConfig> provider() {
      return new RnnSeq2Seq();
    }
  }

  @Nested
  class Gru extends Contract {
    @Override
    protected ModelProvider<Seq2SeqConfig> provider() {
      return new GruSeq2Seq();
    }
  }

  @Nested
  class Lstm extends Contract {
    @Override
    protected ModelProvider<Seq2SeqConfig> provider() {
      return new LstmSeq2Seq();
    }
  }
}
