package seqmark.backend.cpu;

import java.util.List;
import java.util.Optional;
import seqmark.compute.Backend;
import seqmark.compute.Device;
import seqmark.compute.Session;

/** Vector API kernels over arrays of floats: the default backend. */
public final class Cpu implements Backend {
  /** For ServiceLoader. */
  public Cpu() {}

  @Override
  public String name() {
    return "cpu";
  }

  /** The processor; values live on Java's heap. */
  @Override
  public List<Device> devices() {
    Runtime java = Runtime.getRuntime();
    int threads = java.availableProcessors();
    String name = "%s with %d threads".formatted(System.getProperty("os.arch"), threads);
    return List.of(new Device(name, "CPU", java.maxMemory()));
  }

  @Override
  public Optional<String> missing() {
    return missing(Lanes.LENGTH);
  }

  /**
   * Sums over lanes take half, a quarter and an eighth of a vector: two lanes would be summed
   * twice.
   */
  static Optional<String> missing(int lanes) {
    return lanes >= 4
        ? Optional.empty()
        : Optional.of(
            "its kernels need vectors of 128 bits, this Java virtual machine has %d bits: take out"
                    .formatted(lanes * Float.SIZE)
                + " -XX:MaxVectorSize");
  }

  @Override
  public Session open(long seed, int threads) {
    return new CpuSession(seed, threads);
  }
}
