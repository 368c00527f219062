package seqmark.harness;

import java.nio.file.Path;
import java.util.List;
import seqmark.compute.Backend;
import seqmark.nn.ModelProvider;
import seqmark.tasks.TaskProvider;

/**
 * A plug-in that was loaded, in a module layer of its own.
 *
 * @param file a jar, a folder of classes, or a folder with a jar and its libraries
 * @param sha256 of the jar's bytes, or of all files of the folder; hexadecimal
 * @param models what it provides
 * @param tasks what it provides
 * @param backends what it provides
 */
public record Plugin(
    Path file,
    String sha256,
    List<ModelProvider<?>> models,
    List<TaskProvider<?>> tasks,
    List<Backend> backends) {

  /** The file's name, without its folder. */
  public String name() {
    return name(file);
  }

  static String name(Path file) {
    return file.toAbsolutePath().normalize().getFileName().toString();
  }
}
