package seqmark.backend.tornado;

import seqmark.compute.Backend;
import seqmark.compute.Session;
import seqmark.testkit.BackendContract;

class TornadoBackendTest extends BackendContract {
  @Override
  protected Backend backend() {
    return new Tornado();
  }

  @Override
  protected void poison(Session session) {
    ((TornadoSession) session).poison();
  }

  /** What runs on the heap is TornadoVM, not a kernel. */
  @Override
  protected boolean allocatesNothing() {
    return false;
  }
}
