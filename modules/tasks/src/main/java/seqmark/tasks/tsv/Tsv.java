package seqmark.tasks.tsv;

import java.nio.file.Path;
import java.util.Locale;
import java.util.StringTokenizer;
import java.util.function.Consumer;
import seqmark.tasks.Task;
import seqmark.tasks.TaskProvider;

/**
 * Pairs from a user's file: a line {@code source<TAB>target} each, in UTF-8, plain or, if the name
 * ends with {@code .gz}, gzip; empty lines are passed over. The file stays on the disk and is read
 * as examples are asked for; what memory holds are some bytes for each line and all symbols.
 *
 * <p>Parts without a file of their own are taken from the main file by a hash of the source, so
 * lines of the same source stay together and the parts share none. Files that a user divided are
 * taken as they are. The vocabulary is that of the training part; all else is {@code <unk>} to
 * models, and in a target never counts as right.
 */
public final class Tsv implements TaskProvider<Tsv.Config> {
  /** What a symbol is. */
  public enum Unit {
    /** A character of Unicode (a code point). */
    CHARACTERS,
    /** What stands between white space. */
    WORDS;

    private static final String WHITE_SPACE = " \t\n\u000B\f\r";

    /** Hands over the symbols of a text, in order. */
    void each(String text, Consumer<String> symbol) {
      switch (this) {
        case CHARACTERS -> text.codePoints().mapToObj(Character::toString).forEach(symbol);
        case WORDS -> {
          StringTokenizer words = new StringTokenizer(text, WHITE_SPACE);
          while (words.hasMoreTokens()) {
            symbol.accept(words.nextToken());
          }
        }
      }
    }

    /** The name in configs. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The parameters. Relative paths start at the config's folder.
   *
   * @param file pairs to train on and, as far as these have no file, to choose and test on
   * @param validationFile pairs for validation; empty for a share of {@code file}
   * @param testFile pairs for testing; empty for a share of {@code file}
   * @param validationShare about how much of {@code file} is for validation, without a file for it
   * @param testShare about how much of {@code file} is for testing, without a file for it
   * @param unit what a symbol is
   * @param maxVocabulary how many symbols each side has at most, the most frequent ones and {@code
   *     <unk>}; 0 for no limit
   */
  public record Config(
      String file,
      String validationFile,
      String testFile,
      double validationShare,
      double testShare,
      Unit unit,
      int maxVocabulary) {
    /** Checks all ranges. */
    public Config {
      checkShare("validationShare", validationShare);
      checkShare("testShare", testShare);
      if (validationShare + testShare >= 1) {
        throw new IllegalArgumentException(
            "validationShare and testShare are %s and %s, expected a sum below 1"
                .formatted(validationShare, testShare));
      }
      if (maxVocabulary < 0 || maxVocabulary == 1) {
        throw new IllegalArgumentException(
            "maxVocabulary is " + maxVocabulary + ", expected 2 or more, or 0 for no limit");
      }
    }

    private static void checkShare(String name, double share) {
      if (!(share > 0 && share < 1)) {
        throw new IllegalArgumentException(
            name + " is " + share + ", expected more than 0 and less than 1");
      }
    }
  }

  /** For ServiceLoader. */
  public Tsv() {}

  @Override
  public String id() {
    return "tsv";
  }

  @Override
  public String summary() {
    return "your own file of source<TAB>target lines, by characters or words";
  }

  /** All but the file, which has no default. */
  @Override
  public Config defaults() {
    return new Config("", "", "", 0.1, 0.1, Unit.CHARACTERS, 10_000);
  }

  @Override
  public Task create(Config config, long seed, Path folder) {
    if (config.file().isBlank()) {
      throw new IllegalArgumentException("file is missing, expected the path of a TSV file");
    }
    return new TsvReader(config, folder).read();
  }
}
