package seqmark.tasks.numbers;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import seqmark.tasks.Check;
import seqmark.tasks.Task;
import seqmark.tasks.TaskProvider;

/**
 * Numbers in the words of 50 languages, to be given in digits: from {@code
 * siebenhundertdreiundzwanzig} or {@code 七百二十三} to {@code 723}; or the other way round.
 *
 * <p>The words are those of ICU4J's spell-out rules, which are the Unicode CLDR's, without soft
 * hyphens; the digits are ASCII. Where words are asked for, the first symbol of the source names
 * the language. In no two of the languages do the same words mean different numbers.
 *
 * <p>How many digits a number has is uniformly random, then the number, then its language. A number
 * is in one part only, by its hash, in all languages: a tenth of all numbers are for validation, a
 * tenth for testing. Every symbol of the target counts in loss and metrics.
 */
public final class Numbers implements TaskProvider<Numbers.Config> {
  /** What is asked for. */
  public enum Answers {
    /** Digits, of words. */
    DIGITS,
    /** Words, of a language and digits. */
    WORDS;

    /** The name in configs. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The parameters.
   *
   * @param answers what is asked for: {@code digits} or {@code words}
   * @param languages tags such as {@code de}, each as frequent as the others; empty for all
   * @param numbers the first and the last number, 0 to 999,999,999, at least 1,000 numbers
   * @param train how many examples there are to train on
   * @param validation how many for validation
   * @param test how many for testing
   */
  public record Config(
      Answers answers,
      List<String> languages,
      List<Integer> numbers,
      int train,
      int validation,
      int test) {
    private static final int LAST = 999_999_999;

    /** So many numbers have some for every part. */
    private static final int FEWEST = 1_000;

    /** Checks all ranges. */
    public Config {
      for (String language : languages) {
        if (!Speller.LANGUAGES.contains(language)) {
          throw new IllegalArgumentException(
              "languages has '%s', expected some of %s"
                  .formatted(language, String.join(", ", Speller.LANGUAGES)));
        }
      }
      if (languages.size() > Set.copyOf(languages).size()) {
        throw new IllegalArgumentException(
            "languages is %s, expected each language once".formatted(languages));
      }
      languages = List.copyOf(languages);
      numbers = Check.range("numbers", numbers, 0, LAST);
      if (numbers.getLast() - numbers.getFirst() < FEWEST - 1) {
        throw new IllegalArgumentException(
            "numbers is %s, expected [first, last] of %d or more numbers: each is in one part only"
                .formatted(numbers, FEWEST));
      }
      Check.positive("train", train);
      Check.positive("validation", validation);
      Check.positive("test", test);
    }
  }

  /** For ServiceLoader. */
  public Numbers() {}

  @Override
  public String id() {
    return "numbers";
  }

  @Override
  public String summary() {
    return "numbers in the words of %d languages to digits, or back"
        .formatted(Speller.LANGUAGES.size());
  }

  @Override
  public Config defaults() {
    return new Config(Answers.DIGITS, List.of(), List.of(0, 999_999), 50_000, 1_000, 2_000);
  }

  /** {@code small}: English below ten thousand. */
  @Override
  public Map<String, Config> presets() {
    return Map.of(
        "small", new Config(Answers.DIGITS, List.of("en"), List.of(0, 9_999), 5_000, 500, 1_000));
  }

  @Override
  public Task create(Config config, long seed, Path folder) {
    return new NumbersTask(config, seed);
  }
}
