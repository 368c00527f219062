package seqmark.backend.tornado;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import seqmark.compute.Device;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.TornadoRuntime;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/** All devices that TornadoVM reaches, those of its first driver first. */
final class Accelerators {
  private static final Pattern JAR = Pattern.compile("tornado-api-([^/]+)\\.jar$");
  private static final List<Machines> ALL = find();

  private Accelerators() {}

  private static List<Machines> find() {
    TornadoRuntime runtime = TornadoRuntimeProvider.getTornadoRuntime();
    return IntStream.range(0, runtime.getNumBackends())
        .mapToObj(runtime::getBackend)
        .map(TornadoBackend::getAllDevices)
        .flatMap(List::stream)
        .map(d -> new Machines(new Accelerator(d)))
        .toList();
  }

  /** TornadoVM's version, which only the name of its jar tells. */
  static String version() {
    var source = TornadoRuntime.class.getProtectionDomain().getCodeSource();
    Matcher jar = JAR.matcher(source == null ? "" : source.getLocation().getPath());
    return jar.find() ? jar.group(1) : "of unknown version";
  }

  static List<Device> shown() {
    return ALL.stream().map(m -> m.device().shown()).toList();
  }

  static Machines machines(int index) {
    return ALL.get(index);
  }
}
