package seqmark.backend.tornado;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Why there is no TornadoVM: found out once, as it does not come back. */
final class Availability {
  private static final Optional<String> MISSING = find();

  private Availability() {}

  /** Why, in one line; empty if there is a device. */
  static Optional<String> missing() {
    return MISSING;
  }

  private static Optional<String> find() {
    String home = System.getenv("TORNADOVM_HOME");
    if (home == null || home.isBlank()) {
      return Optional.of(
          "TORNADOVM_HOME is not set: docs/tornadovm.md says where to get TornadoVM's SDK");
    }
    if (!Files.isReadable(Path.of(home, "tornado-argfile"))) {
      return Optional.of("no SDK in TORNADOVM_HOME, " + home + ": it has no tornado-argfile");
    }
    // By default TornadoVM runs a kernel that it cannot compile as Java, one work-item after
    // another.
    if (Boolean.parseBoolean(System.getProperty("tornado.recover.bailout", "true"))) {
      return Optional.of(withoutOptions(home));
    }
    try {
      return Accelerators.shown().isEmpty()
          ? Optional.of("TornadoVM in " + home + " finds no device")
          : Optional.empty();
    } catch (LinkageError | RuntimeException e) {
      return Optional.of(why(home, root(e)));
    }
  }

  private static String withoutOptions(String home) {
    return "started without the options of TornadoVM's SDK in " + home + ": start with ./seqmark";
  }

  private static Throwable root(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static String why(String home, Throwable root) {
    String message = String.valueOf(root.getMessage());
    if (root instanceof ClassNotFoundException || root instanceof NoClassDefFoundError) {
      return withoutOptions(home);
    }
    if (message.contains("platform")) {
      return "no OpenCL platform: install a driver, such as pocl-opencl-icd for the CPU";
    }
    if (message.contains("Library not found")) {
      return "no native library in " + home + "/lib (" + message + ")";
    }
    return "TornadoVM in " + home + " does not start: " + message;
  }
}
