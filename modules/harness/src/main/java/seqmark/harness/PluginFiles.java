package seqmark.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Where plug-ins are. */
final class PluginFiles {
  static final String MODULE_INFO = "module-info.class";

  private PluginFiles() {}

  /**
   * The plug-ins at some places: a place is a plug-in itself or a folder of plug-ins, of which
   * every jar and every folder is taken for one.
   *
   * @throws UserError if there is no such place
   */
  static Collection<Path> in(List<Path> places) {
    Set<Path> files = new LinkedHashSet<>();
    for (Path place : places) {
      if (!Files.exists(place)) {
        throw new UserError("plug-ins: there is no file or folder " + place);
      }
      try {
        for (Path file : isFolderOfPlugins(place) ? entries(place) : List.of(place)) {
          files.add(file.toRealPath());
        }
      } catch (IOException | UncheckedIOException e) {
        throw new UserError("plug-ins: " + place + " cannot be read: " + e.getMessage(), e);
      }
    }
    return files;
  }

  private static boolean isFolderOfPlugins(Path place) {
    return Files.isDirectory(place)
        && Stream.of(MODULE_INFO, "META-INF").map(place::resolve).noneMatch(Files::exists);
  }

  /** Hidden files, and files that are no jars, are somebody else's. */
  private static List<Path> entries(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(f -> !Plugin.name(f).startsWith("."))
          .filter(f -> isJar(f) || Files.isDirectory(f))
          .sorted()
          .toList();
    }
  }

  static boolean isJar(Path file) {
    return file.toString().endsWith(".jar") && Files.isRegularFile(file);
  }

  /** SHA-256 of a file's bytes, or of the names and bytes of all files of a folder. */
  static String hash(Path file) throws IOException {
    if (Files.isRegularFile(file)) {
      return Digest.of(Files.readAllBytes(file));
    }
    Digest digest = new Digest();
    try (Stream<Path> all = Files.walk(file)) {
      for (Path part : all.filter(Files::isRegularFile).sorted().toList()) {
        digest.add(file.relativize(part).toString());
        digest.add(Digest.of(Files.readAllBytes(part)));
      }
    }
    return digest.hexadecimal();
  }
}
