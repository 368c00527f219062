package seqmark.throughput;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalDouble;

/** How much of the machine others use. */
final class Busy {
  /** More than this is more than what an idle machine does by itself. */
  static final double LIMIT = 0.05;

  private static final Path STAT = Path.of("/proc/stat");
  private static final double TICKS_PER_SECOND = 100;

  // Columns of /proc/stat, counted behind the name.
  private static final int IDLE = 3;
  private static final int WAITING = 4;

  /** What guests use, which comes behind, is part of what users use. */
  private static final int COLUMNS = 8;

  private Busy() {}

  /**
   * The share of all cores that other processes use over a second; where there is no Linux, by the
   * load average of the last minute; empty if nobody knows.
   */
  static OptionalDouble share() throws InterruptedException {
    try {
      String before = Files.readString(STAT);
      double own = ownTicks();
      Thread.sleep(Duration.ofSeconds(1));
      double ours = ownTicks() - own;
      return OptionalDouble.of(share(before, Files.readString(STAT), ours));
    } catch (IOException e) {
      double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
      double cores = Runtime.getRuntime().availableProcessors();
      return load < 0 ? OptionalDouble.empty() : OptionalDouble.of(Math.min(1, load / cores));
    }
  }

  private static double ownTicks() {
    Duration used = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    return used.toNanos() / 1e9 * TICKS_PER_SECOND;
  }

  /**
   * The same from the file's text.
   *
   * @param ourTicks time of the cores, in hundredths of a second, that does not count
   */
  static double share(String before, String after, double ourTicks) {
    long[] from = ticks(before);
    long[] to = ticks(after);
    double total = Arrays.stream(to).sum() - Arrays.stream(from).sum();
    double idle = to[IDLE] + to[WAITING] - from[IDLE] - from[WAITING];
    return total <= 0 ? 0 : Math.clamp((total - idle - ourTicks) / total, 0, 1);
  }

  /** All cores together, which is the first line. */
  private static long[] ticks(String stat) {
    String[] columns = stat.substring(0, stat.indexOf('\n')).split(" +");
    return Arrays.stream(columns).skip(1).limit(COLUMNS).mapToLong(Long::parseLong).toArray();
  }
}
