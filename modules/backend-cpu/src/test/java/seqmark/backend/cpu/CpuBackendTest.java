package seqmark.backend.cpu;

import seqmark.compute.Backend;
import seqmark.compute.Session;
import seqmark.testkit.BackendContract;

class CpuBackendTest extends BackendContract {
  @Override
  protected Backend backend() {
    return new Cpu();
  }

  @Override
  protected void poison(Session session) {
    ((CpuSession) session).poison();
  }
}
