package seqmark.harness;

import java.lang.module.FindException;
import java.lang.module.InvalidModuleDescriptorException;
import java.lang.module.ResolutionException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;

/** Why a plug-in is left out, in one line that names its file. */
public final class PluginException extends Exception {
  private static final long serialVersionUID = 1;

  PluginException(Path file, String why) {
    super(message(file, why));
  }

  PluginException(Path file, Throwable cause) {
    super(message(file, describe(cause)), cause);
  }

  private static String message(Path file, String why) {
    return "plug-in " + Plugin.name(file) + " is left out: " + why.strip().replaceAll("\\s+", " ");
  }

  /** What went wrong, and because of what. */
  private static String describe(Throwable thrown) {
    List<String> reasons = new ArrayList<>();
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      String reason =
          switch (t) {
            case ServiceConfigurationError e -> e.getMessage().replaceFirst("^[\\w.]+: ", "");
            case FindException e -> e.getMessage();
            case InvalidModuleDescriptorException e -> e.getMessage();
            case ResolutionException e -> e.getMessage();
            case LayerInstantiationException e -> e.getMessage();
            default -> t.toString();
          };
      if (reason != null && reasons.stream().noneMatch(r -> r.endsWith(reason))) {
        reasons.add(reason);
      }
    }
    return String.join(": ", reasons);
  }
}
