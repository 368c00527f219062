package seqmark.harness;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import seqmark.compute.Backend;
import seqmark.compute.Session;

/**
 * A backend of this project that is not on the module path, so that it can be told why.
 *
 * @param name its name
 * @param reason why, and what to do
 */
record AbsentBackend(String name, String reason) implements Backend {
  /** The backend that is only built where TornadoVM's SDK is. */
  static AbsentBackend tornado() {
    return new AbsentBackend("tornado", reason(System.getenv("TORNADOVM_HOME")));
  }

  private static String reason(String home) {
    if (home == null || home.isBlank()) {
      return "TORNADOVM_HOME is not set: docs/tornadovm.md says where to get TornadoVM's SDK";
    }
    if (!Files.isReadable(Path.of(home, "tornado-argfile"))) {
      return "no SDK in TORNADOVM_HOME, " + home + ": it has no tornado-argfile";
    }
    return "not built: build with TORNADOVM_HOME set (./seqmark does so by itself)";
  }

  @Override
  public Optional<String> missing() {
    return Optional.of(reason);
  }

  @Override
  public Session open(long seed, int threads) {
    throw new IllegalStateException("backend " + name + " is not there: " + reason);
  }
}
