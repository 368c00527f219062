package seqmark.model.conv;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import seqmark.backend.cpu.Cpu;
import seqmark.compute.Backend;
import seqmark.compute.Reference;
import seqmark.nn.ModelProvider;
import seqmark.testkit.ModelContract;
import seqmark.testkit.ModelGradientCheck;

class ConvSeq2SeqTest extends ModelContract<ConvSeq2SeqConfig> {
  @Override
  protected ModelProvider<ConvSeq2SeqConfig> provider() {
    return new ConvSeq2SeqProvider();
  }

  @Override
  protected List<Backend> backends() {
    return List.of(new Reference(), new Cpu());
  }

  @Override
  protected Map<String, ConvSeq2SeqConfig> settings() {
    return Map.of(
        "one layer", new ConvSeq2SeqConfig(16, 12, 1, 3, 0),
        "kernel 5, odd widths", new ConvSeq2SeqConfig(17, 9, 1, 5, 0),
        "three layers", new ConvSeq2SeqConfig(16, 16, 3, 3, 0),
        "three layers, kernel 5, dropout", new ConvSeq2SeqConfig(16, 12, 3, 5, 0.1));
  }

  @TestFactory
  Stream<DynamicTest> gradientsEqualDifferences() {
    return ModelGradientCheck.of(provider(), settings(), 5);
  }
}
