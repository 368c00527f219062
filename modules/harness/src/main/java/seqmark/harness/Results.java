package seqmark.harness;

import java.nio.file.Path;

/** The results file of an experiment. */
public final class Results {
  /** The name of the file in the output folder. */
  public static final String FILE = "results.sqlite";

  private Results() {}

  /**
   * Reads all results of a folder, finished or not.
   *
   * @throws UserError if there are none or they cannot be read
   */
  public static Experiment read(Path folder) {
    throw new UnsupportedOperationException();
  }
}
