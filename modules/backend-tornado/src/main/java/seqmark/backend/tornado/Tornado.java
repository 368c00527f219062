package seqmark.backend.tornado;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import seqmark.compute.Backend;
import seqmark.compute.Device;
import seqmark.compute.Room;
import seqmark.compute.Session;

/** Kernels for any device that TornadoVM reaches. */
public final class Tornado implements Backend {
  private final int index;

  /** For ServiceLoader: the first device. */
  public Tornado() {
    this(0);
  }

  private Tornado(int index) {
    this.index = index;
  }

  @Override
  public String name() {
    return "tornado";
  }

  @Override
  public Optional<String> missing() {
    return Availability.missing();
  }

  @Override
  public List<Device> devices() {
    return missing().isPresent() ? List.of() : Accelerators.shown();
  }

  @Override
  public Backend on(int wanted) {
    List<Device> devices = devices();
    if (wanted < 0 || wanted >= devices.size()) {
      String known = devices.stream().map(Device::name).collect(Collectors.joining(", "));
      throw new IndexOutOfBoundsException(
          "backend tornado has no device %d; there are %d, counted from 0: %s"
              .formatted(wanted, devices.size(), known));
    }
    return new Tornado(wanted);
  }

  @Override
  public Room room() {
    return Accelerators.machines(index).device().room();
  }

  @Override
  public Session open(long seed, int threads) {
    missing()
        .ifPresent(why -> {
          throw new IllegalStateException("backend tornado: " + why);
        });
    Machines machines = Accelerators.machines(index);
    machines.device().requireGroups();
    return new TornadoSession(seed, machines);
  }
}
