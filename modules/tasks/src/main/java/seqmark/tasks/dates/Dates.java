package seqmark.tasks.dates;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import seqmark.tasks.Check;
import seqmark.tasks.Task;
import seqmark.tasks.TaskProvider;

/**
 * Dates as people of 56 locales say and write them, to be given as ISO 8601: from {@code
 * Donnerstag, 7. März 2024}, {@code 2024年3月7日} or {@code ٧ مارس ٢٠٢٤} to {@code 2024-03-07}.
 *
 * <p>Names, order and punctuation are those of the Unicode CLDR as this JDK has it, so another JDK
 * may have other examples; their hash tells. CLDR as the JDK has it does not spell out numbers.
 *
 * <p>A day of the calendar is in one part only, by its hash, in all its forms: a tenth of all days
 * are for validation, a tenth for testing.
 */
public final class Dates implements TaskProvider<Dates.Config> {
  /**
   * The parameters.
   *
   * @param locales language tags such as {@code pt-BR}, each as frequent as the others; empty for
   *     all
   * @param years first and last year
   * @param train how many examples there are to train on
   * @param validation how many for validation
   * @param test how many for testing
   */
  public record Config(
      List<String> locales, List<Integer> years, int train, int validation, int test) {
    private static final int FIRST_GREGORIAN = 1583;
    private static final int LAST = 9999;

    /** Checks all ranges. */
    public Config {
      for (String locale : locales) {
        if (!DateForms.LOCALES.contains(locale)) {
          throw new IllegalArgumentException(
              "locales has '%s', expected some of %s"
                  .formatted(locale, String.join(", ", DateForms.LOCALES)));
        }
      }
      locales = List.copyOf(locales);
      years = Check.range("years", years, FIRST_GREGORIAN, LAST);
      Check.positive("train", train);
      Check.positive("validation", validation);
      Check.positive("test", test);
    }
  }

  /** For ServiceLoader. */
  public Dates() {}

  @Override
  public String id() {
    return "dates";
  }

  @Override
  public String summary() {
    return "dates as written in " + DateForms.LOCALES.size() + " locales to ISO 8601";
  }

  @Override
  public Config defaults() {
    return new Config(List.of(), List.of(1900, 2099), 50_000, 1_000, 2_000);
  }

  /** {@code small}: three languages of one alphabet, a hundred years. */
  @Override
  public Map<String, Config> presets() {
    List<String> locales = List.of("de-DE", "en-GB", "fr-FR");
    return Map.of("small", new Config(locales, List.of(1950, 2049), 20_000, 500, 1_000));
  }

  @Override
  public Task create(Config config, long seed, Path folder) {
    return new DatesTask(config, seed);
  }
}
