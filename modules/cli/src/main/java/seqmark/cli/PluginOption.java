package seqmark.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import seqmark.harness.Registry;

/** {@code --plugins}, for every command that needs models or tasks. */
final class PluginOption {
  private static final Path USUAL = Path.of("plugins");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--plugins",
      paramLabel = "PATH",
      description = "A plug-in or a folder of plug-ins, besides the folder plugins. Repeatable.")
  private List<Path> places = new ArrayList<>();

  /** Plug-ins and folders of plug-ins. */
  List<Path> places() {
    List<Path> all = new ArrayList<>();
    if (Files.isDirectory(USUAL)) {
      all.add(USUAL);
    }
    all.addAll(places);
    return all;
  }

  /** What there is; tells of the plug-ins that are left out. */
  Registry registry() {
    Registry registry = Registry.load(places());
    registry.broken().forEach(((Main) command.root().userObject())::error);
    return registry;
  }
}
