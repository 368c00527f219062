package seqmark.backend.cpu;

import seqmark.compute.Backend;
import seqmark.compute.Session;

/** Vector API kernels over arrays of floats: the default backend. */
public final class Cpu implements Backend {
  /** For ServiceLoader. */
  public Cpu() {}

  @Override
  public String name() {
    return "cpu";
  }

  @Override
  public Session open(long seed, int threads) {
    return new CpuSession(seed, threads);
  }
}
