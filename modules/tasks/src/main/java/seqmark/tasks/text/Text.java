package seqmark.tasks.text;

import java.nio.file.Path;
import seqmark.tasks.Task;
import seqmark.tasks.TaskProvider;
import seqmark.tasks.file.MappedFile;

/**
 * Language modelling by characters on a user's text: the source is some characters of it, the
 * target the ones that follow. All of the target counts in metrics, and in the loss its end too;
 * the source does not. So every model reads the same, and none can see what it is asked for.
 *
 * <p>The file is UTF-8, plain or, if its name ends with {@code .gz}, gzip, and stays on the disk;
 * characters are code points, line ends among them. Its first part is for training, the next for
 * validation, the last for testing, as is usual for text8 and enwik8 (90%, 5% and 5%; Mikolov et
 * al. 2012, "Subword language modeling with neural networks"); windows do not reach across. The
 * windows of a part begin as far apart as targets are long, so that every character is asked once;
 * of more windows than wanted, some at equal distances are taken.
 *
 * <p>The vocabulary is that of the training part; all other characters are one, {@code <unk>}.
 * Where these are frequent, bits per character are too few, and compare only with those of the same
 * vocabulary.
 */
public final class Text implements TaskProvider<Text.Config> {
  /**
   * The parameters. Relative paths start at the config's folder.
   *
   * @param file the text
   * @param context how many characters are read before a target
   * @param target how many characters are asked after them
   * @param validationShare the share of the file, in bytes, for validation
   * @param testShare the share for testing
   * @param maxVocabulary how many symbols there are at most, the most frequent ones and {@code
   *     <unk>}; 0 for no limit
   * @param train how many windows to train on at most; 0 for all there are
   * @param validation how many for validation at most; 0 for all
   * @param test how many for testing at most; 0 for all
   */
  public record Config(
      String file,
      int context,
      int target,
      double validationShare,
      double testShare,
      int maxVocabulary,
      int train,
      int validation,
      int test) {
    private static final int LONGEST = 100_000;

    /** Checks all ranges. */
    public Config {
      checkLength("context", context);
      checkLength("target", target);
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
      checkCount("train", train);
      checkCount("validation", validation);
      checkCount("test", test);
    }

    private static void checkLength(String name, int length) {
      if (length < 1 || length > LONGEST) {
        throw new IllegalArgumentException(
            "%s is %d, expected 1 to %d characters".formatted(name, length, LONGEST));
      }
    }

    private static void checkShare(String name, double share) {
      if (!(share > 0 && share < 1)) {
        throw new IllegalArgumentException(
            name + " is " + share + ", expected more than 0 and less than 1");
      }
    }

    private static void checkCount(String name, int count) {
      if (count < 0) {
        throw new IllegalArgumentException(
            name + " is " + count + ", expected 1 or more windows, or 0 for all");
      }
    }
  }

  /** For ServiceLoader. */
  public Text() {}

  @Override
  public String id() {
    return "text";
  }

  @Override
  public String summary() {
    return "your own text: the next characters after a context, in bits per character";
  }

  /** All but the file, which has no default. */
  @Override
  public Config defaults() {
    return new Config("", 128, 32, 0.05, 0.05, 10_000, 100_000, 1_000, 2_000);
  }

  @Override
  public Task create(Config config, long seed, Path folder) {
    if (config.file().isBlank()) {
      throw new IllegalArgumentException("file is missing, expected the path of a text file");
    }
    return new TextTask(config, MappedFile.open(folder.resolve(config.file())));
  }
}
