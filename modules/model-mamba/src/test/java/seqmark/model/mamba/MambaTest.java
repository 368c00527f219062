package seqmark.model.mamba;

import java.util.List;
import java.util.Map;
import seqmark.backend.cpu.Cpu;
import seqmark.compute.Backend;
import seqmark.compute.Reference;
import seqmark.compute.op.StateSpace.Discretisation;
import seqmark.nn.ModelProvider;
import seqmark.testkit.ModelContract;

class MambaTest extends ModelContract<MambaConfig> {
  @Override
  protected ModelProvider<MambaConfig> provider() {
    return new MambaProvider();
  }

  @Override
  protected List<Backend> backends() {
    return List.of(new Reference(), new Cpu());
  }

  @Override
  protected Map<String, MambaConfig> settings() {
    return Map.of(
        "plain", new MambaConfig(12, 1, 2, 4, 4, true, true, Discretisation.EULER, 0),
        "zero-order hold", new MambaConfig(12, 1, 2, 4, 3, true, true, Discretisation.ZOH, 0),
        "two layers, odd width", new MambaConfig(17, 2, 1, 3, 4, true, true, Discretisation.ZOH, 0),
        "ungated, dropout", new MambaConfig(12, 1, 2, 4, 2, true, false, Discretisation.EULER, 0.1),
        "invariant", new MambaConfig(12, 1, 2, 4, 4, false, true, Discretisation.EULER, 0),
        "invariant, hold", new MambaConfig(12, 2, 2, 4, 4, false, false, Discretisation.ZOH, 0));
  }
}
