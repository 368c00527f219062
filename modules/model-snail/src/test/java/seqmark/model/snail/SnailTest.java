package seqmark.model.snail;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import seqmark.backend.cpu.Cpu;
import seqmark.compute.Backend;
import seqmark.compute.Reference;
import seqmark.model.snail.SnailConfig.Parts;
import seqmark.nn.ModelProvider;
import seqmark.testkit.ModelContract;
import seqmark.testkit.ModelGradientCheck;

class SnailTest extends ModelContract<SnailConfig> {
  @Override
  protected ModelProvider<SnailConfig> provider() {
    return new SnailProvider();
  }

  @Override
  protected List<Backend> backends() {
    return List.of(new Reference(), new Cpu());
  }

  @Override
  protected Map<String, SnailConfig> settings() {
    return Map.of(
        "both", new SnailConfig(80, 16, Parts.BOTH, 0),
        "temporal convolutions alone, odd widths", new SnailConfig(79, 7, Parts.TC, 0),
        "attention alone", new SnailConfig(80, 16, Parts.ATTENTION, 0),
        "dropout", new SnailConfig(80, 16, Parts.BOTH, 0.1));
  }

  @TestFactory
  Stream<DynamicTest> gradientsEqualDifferences() {
    return ModelGradientCheck.of(provider(), settings(), 45);
  }
}
