package seqmark.tasks.numbers;

import com.ibm.icu.text.RuleBasedNumberFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The words for numbers in one language, by the spell-out rules of the Unicode CLDR as ICU4J has
 * them: those for counting without a noun.
 */
final class Speller {
  /**
   * All languages. Danish and Maltese are left out although they have rules: their {@code tres}
   * (60) and {@code elf} (1000) mean 3 in Spanish and 11 in German.
   */
  static final List<String> LANGUAGES =
      List.of(
          "af", "ar", "az", "be", "bg", "ca", "cs", "cy", "de", "el", "en", "eo", "es", "et", "fa",
          "fi", "fil", "fr", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja", "ka", "kk", "ko",
          "lt", "lv", "mk", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sq", "sr", "sv", "sw", "ta",
          "th", "tr", "uk", "vi", "zh");

  /** Soft hyphens and spaces of no width, which nobody types. */
  private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}");

  /** Among them no-break spaces, which look like the common one. */
  private static final Pattern SPACE = Pattern.compile("\\p{Zs}");

  private final RuleBasedNumberFormat rules;

  Speller(String language) {
    rules =
        new RuleBasedNumberFormat(Locale.forLanguageTag(language), RuleBasedNumberFormat.SPELLOUT);
  }

  /** A number in words. */
  String text(int number) {
    String text = INVISIBLE.matcher(spelled(number)).replaceAll("");
    return SPACE.matcher(text).replaceAll(" ");
  }

  /** One thread at a time: the formats of ICU4J are not made for more. */
  private synchronized String spelled(int number) {
    return rules.format(number);
  }

  /** Texts that have all characters that there are up to a billion. */
  Stream<String> samples() {
    IntStream small = IntStream.range(0, 1_100);
    IntStream thousands = IntStream.range(2, 120).map(k -> k * 1_000);
    IntStream millions = IntStream.range(1, 120).map(k -> k * 1_000_000);
    return IntStream.concat(small, IntStream.concat(thousands, millions)).mapToObj(this::text);
  }
}
