package seqmark.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import seqmark.compute.Backend;
import seqmark.compute.Graph;
import seqmark.compute.Node;
import seqmark.compute.Ops;
import seqmark.compute.Session;
import seqmark.compute.Timing;
import seqmark.compute.Value;
import seqmark.testkit.BackendContract;

class CpuBackendTest extends BackendContract {
  @Override
  protected Backend backend() {
    return new Cpu();
  }

  @Test
  void everyPartIsTimed() {
    Graph g = new Graph(false);
    Value x = g.input("x", 8, 8);
    Value product = Ops.dense(x, g.input("w", 8, 8));
    g.output(Ops.tanh(product));
    g.output(Ops.sum(x));
    try (Session session = new Cpu().open(3, 1)) {
      List<List<Node>> parts = session.compile(g).timings().stream().map(Timing::nodes).toList();
      assertEquals(2, parts.size(), parts::toString);
      assertEquals(2, parts.getFirst().size(), parts::toString);
    }
  }

  @Override
  protected void poison(Session session) {
    ((CpuSession) session).poison();
  }
}
