package seqmark.backend.tornado;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import seqmark.backend.tornado.kernel.Group;
import seqmark.compute.Device;
import seqmark.compute.Room;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;

/** A device that TornadoVM reaches. */
record Accelerator(TornadoDevice device) {
  /** How much of a device's memory TornadoVM hands out, if not told otherwise. */
  private static final String LIMIT = System.getProperty("tornado.device.memory", "4GB");

  /** How much memory Java sets aside beside its heap for all sessions together. */
  private static final long HOST_BYTES = hostBytes();

  private static final String MORE_ON_HOST =
      String.format(
          Locale.ROOT,
          "give Java more (JAVA_TOOL_OPTIONS=-XX:MaxDirectMemorySize=..., now %.2f GB)",
          HOST_BYTES / 1e9);

  private static final Pattern VERSION = Pattern.compile("(?m)^ *Driver version *: *(.+)$");

  /** The name that its maker gave it. */
  String name() {
    return device.getPhysicalDevice().getDeviceName().strip();
  }

  /** What {@code list backends} shows. */
  Device shown() {
    String kind = device.getDeviceType().name().replaceAll(".*_", "").toUpperCase(Locale.ROOT);
    String type =
        "%s by %s (%s) through TornadoVM %s"
            .formatted(kind, device.getTornadoVMBackend(), driver(), Accelerators.version());
    return new Device(name(), type, device.getMaxGlobalMemory());
  }

  /** Its maker, and its version where that is told. */
  private String driver() {
    Matcher version = VERSION.matcher(String.valueOf(device.getPhysicalDevice().getDeviceInfo()));
    return device.getPlatformName().strip()
        + (version.find() ? " " + version.group(1).strip() : "");
  }

  /** The workgroups of every launch, which share the work whatever its size. */
  int groups() {
    int units = device.getPhysicalDevice().getDeviceMaxComputeUnits();
    return device.getDeviceType() == TornadoDeviceType.CPU ? 4 * units : 16 * units;
  }

  /**
   * Checks that the kernels' workgroups can be had. TornadoVM would take smaller ones without
   * asking, and results would be wrong.
   *
   * @throws IllegalStateException if they cannot
   */
  void requireGroups() {
    long most = Arrays.stream(device.getPhysicalDevice().getDeviceMaxWorkGroupSize()).sum();
    if (most < Group.LANES) {
      throw new IllegalStateException(
          "backend tornado: %s has workgroups of at most %d, the kernels need %d: take another device"
              .formatted(name(), most, Group.LANES));
    }
  }

  /** What a session can have, all in one piece: as much as the narrowest of three allows. */
  Room room() {
    Room piece = new Room(pieceBytes(), name(), "take a device that gives larger pieces");
    Room tornado =
        new Room(
            handedOutBytes(),
            name(),
            "let TornadoVM hand out more (JAVA_TOOL_OPTIONS=-Dtornado.device.memory=..., now %s)"
                .formatted(LIMIT));
    Room java = new Room(HOST_BYTES, "Java's memory beside its heap", MORE_ON_HOST);
    return Stream.of(piece, tornado, java).min(Comparator.comparingLong(Room::bytes)).get();
  }

  private long pieceBytes() {
    return device.getPhysicalDevice().getDeviceMaxAllocationSize();
  }

  /** By default as much as the heap. */
  private static long hostBytes() {
    long told =
        Long.parseLong(
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .getVMOption("MaxDirectMemorySize")
                .getValue());
    return told > 0 ? told : Runtime.getRuntime().maxMemory();
  }

  private static long handedOutBytes() {
    String number = LIMIT.replaceAll("[^0-9]", "");
    String unit = LIMIT.replaceAll("[0-9 ]", "").toUpperCase(Locale.ROOT);
    long bytes = number.isEmpty() ? 0 : Long.parseLong(number);
    return switch (unit) {
      case "TB" -> bytes << 40;
      case "GB" -> bytes << 30;
      case "MB" -> bytes << 20;
      case "KB" -> bytes << 10;
      default -> bytes;
    };
  }

  /**
   * Checks that so many floats fit.
   *
   * @throws IllegalStateException if they do not, with both numbers
   */
  void requireRoom(long parameterFloats, long arenaFloats) {
    long bytes = (parameterFloats + arenaFloats) * Float.BYTES;
    Room room = room();
    if (bytes > room.bytes()) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "backend tornado: the memory plan needs %.2f GB on the device in one piece (%.2f GB of"
                  + " parameters and state, %.2f GB of step values), %s has %.2f GB for it (the"
                  + " device's memory is %.2f GB): make batch, length or model smaller, or %s",
              bytes / 1e9,
              parameterFloats * Float.BYTES / 1e9,
              arenaFloats * Float.BYTES / 1e9,
              room.where(),
              room.bytes() / 1e9,
              device.getMaxGlobalMemory() / 1e9,
              room.more()));
    }
  }

  /** That so much could not be had, though the device is large enough. */
  String outOfMemory(long floats, long words) {
    return String.format(
        Locale.ROOT,
        "backend tornado: %s has not the %.2f GB left that parameters, state and step values need and"
            + " the %.2f GB for instructions; it has %.2f GB, of which TornadoVM hands out %s"
            + " (tornado.device.memory): run fewer trials at a time (--jobs) or make batch, length or"
            + " model smaller",
        name(),
        floats * Float.BYTES / 1e9,
        words * Integer.BYTES / 1e9,
        device.getMaxGlobalMemory() / 1e9,
        LIMIT);
  }

  /** That the host's side of so much could not be had. */
  static String outOfHostMemory(long floats, long words) {
    return String.format(
        Locale.ROOT,
        "backend tornado: Java has not the %.2f GB left beside its heap that a session on the device"
            + " needs here too: run fewer trials at a time (--jobs), make batch, length or model"
            + " smaller, or %s",
        (floats + words) * Float.BYTES / 1e9,
        MORE_ON_HOST);
  }
}
