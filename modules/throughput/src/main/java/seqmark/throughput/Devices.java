package seqmark.throughput;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import seqmark.compute.Backend;
import seqmark.compute.Device;
import seqmark.compute.Reference;
import seqmark.harness.Registry;
import seqmark.harness.RunOptions;
import seqmark.harness.ThroughputConfig;
import seqmark.harness.ThroughputConfig.Execution;
import seqmark.report.Numbers;

/** What computes besides Java on the CPU, and what may be concluded from its speed. */
final class Devices {
  /** What {@code ./seqmark throughput} sets: how PoCL and the makers' drivers keep none. */
  private static final Map<String, String> NO_KERNEL_CACHE =
      Map.of(
          "POCL_KERNEL_CACHE", "0",
          "CUDA_CACHE_DISABLE", "1",
          "NEO_CACHE_PERSISTENT", "0",
          "AMD_COMGR_CACHE", "0",
          "MESA_SHADER_CACHE_DISABLE", "true");

  private Devices() {}

  /** Backends and their devices, by name. */
  static Map<String, String> facts(Registry registry) {
    Map<String, String> facts = new LinkedHashMap<>();
    for (Backend backend : registry.backends()) {
      if (isOther(backend)) {
        facts.put(
            "backend " + backend.name(),
            backend.missing().orElseGet(() -> describe(backend.devices())));
      }
    }
    return facts;
  }

  /**
   * Whether drivers may keep kernels on disk, so that a first step finds them compiled.
   *
   * @param environment of every fork, which is this virtual machine's
   */
  static String kernelCaches(Map<String, String> environment) {
    List<String> off =
        NO_KERNEL_CACHE.entrySet().stream()
            .filter(e -> e.getValue().equals(environment.get(e.getKey())))
            .map(e -> e.getKey() + "=" + e.getValue())
            .sorted()
            .toList();
    return off.size() == NO_KERNEL_CACHE.size()
        ? "none (" + String.join(", ", off) + ")"
        : "as the drivers like: a first step may find its kernels compiled; start with ./seqmark";
  }

  /** What has to be known before speeds are read. */
  static String note(ThroughputConfig config, Registry registry) {
    List<Backend> others =
        config.backends().stream()
            .map(Execution::backend)
            .distinct()
            .map(registry::backend)
            .filter(Devices::isOther)
            .toList();
    List<Device> devices =
        config.backends().stream()
            .filter(e -> isOther(registry.backend(e.backend())))
            .map(e -> registry.backend(e.backend()).devices().stream().skip(e.device()).findFirst())
            .flatMap(d -> d.stream())
            .toList();
    return note(others.stream().map(Backend::name).toList(), devices);
  }

  /**
   * The same.
   *
   * @param others the backends besides the CPU's that were timed
   * @param devices those of their devices that were timed
   */
  static String note(List<String> others, List<Device> devices) {
    if (others.isEmpty()) {
      return "Only Java on the CPU was measured. Nothing here says anything about a GPU.";
    }
    String names = String.join(", ", others);
    if (devices.isEmpty()) {
      return "What " + names + " computes on, it does not say: no claim about a GPU is made.";
    }
    boolean cpu =
        devices.stream().allMatch(d -> d.type().toUpperCase(Locale.ROOT).startsWith("CPU"));
    return cpu
        ? "The device of %s is the CPU itself (%s). So Java's vectors are compared with OpenCL on the same cores; no claim about a GPU is made."
            .formatted(names, describe(devices))
        : "%s computed on %s.".formatted(names, describe(devices));
  }

  private static boolean isOther(Backend backend) {
    return !backend.name().equals(RunOptions.DEFAULT_BACKEND) && !(backend instanceof Reference);
  }

  private static String describe(List<Device> devices) {
    return devices.stream()
        .map(d -> d.name() + ", " + d.type() + ", " + Numbers.bytes(d.memoryBytes()))
        .collect(Collectors.joining("; "));
  }
}
