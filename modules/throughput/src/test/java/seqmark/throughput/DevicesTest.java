package seqmark.throughput;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import seqmark.compute.Device;

class DevicesTest {
  private static final Device POCL = new Device("pthread-haswell", "CPU, OpenCL", 4_000_000_000L);
  private static final Device GPU =
      new Device("Some GPU", "GPU by OpenCL (CPU Maker)", 8_000_000_000L);

  @Test
  void openClOnTheCpuIsNoGpu() {
    String note = Devices.note(List.of("tornado"), List.of(POCL));
    assertTrue(note.contains("is the CPU itself (pthread-haswell, CPU, OpenCL, 4.00 GB)"), note);
    assertTrue(note.contains("no claim about a GPU"), note);
  }

  @Test
  void whereThereIsAGpuItIsNamed() {
    for (List<Device> devices : List.of(List.of(POCL, GPU), List.of(GPU))) {
      String note = Devices.note(List.of("tornado"), devices);
      assertTrue(note.contains("Some GPU"), note);
      assertTrue(!note.contains("no claim"), note);
    }
  }

  @Test
  void onlyWithoutAllCachesAFirstStepIsCold() {
    Map<String, String> off =
        new HashMap<>(
            Map.of(
                "POCL_KERNEL_CACHE", "0",
                "CUDA_CACHE_DISABLE", "1",
                "NEO_CACHE_PERSISTENT", "0",
                "AMD_COMGR_CACHE", "0",
                "MESA_SHADER_CACHE_DISABLE", "true"));
    assertTrue(Devices.kernelCaches(off).startsWith("none (AMD_COMGR_CACHE=0, CUDA"));
    off.put("POCL_KERNEL_CACHE", "1");
    assertTrue(Devices.kernelCaches(off).startsWith("as the drivers like"));
    assertTrue(Devices.kernelCaches(Map.of()).startsWith("as the drivers like"));
  }

  @Test
  void withoutOthersNothingIsSaidOfGpus() {
    assertTrue(Devices.note(List.of(), List.of()).contains("Only Java on the CPU"));
    assertTrue(Devices.note(List.of("x"), List.of()).contains("no claim about a GPU"));
  }
}
