package seqmark.tasks.dates;

import java.time.LocalDate;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DecimalStyle;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The ways in which one locale writes dates, by the CLDR data of this JDK.
 *
 * <p>Dates are Gregorian everywhere, also where another calendar is usual (Thailand, Iran, Egypt);
 * digits are those of the locale. Years are written in full, and numeric forms with the month
 * before the day, as in the USA, are left out: so what a text means does not depend on knowing
 * where it comes from.
 */
final class DateForms {
  /** All locales, one for each way of writing dates that is of its own. */
  static final List<String> LOCALES =
      List.of(
          "af-ZA", "ar-EG", "bg-BG", "bn-BD", "ca-ES", "cs-CZ", "cy-GB", "da-DK", "de-DE", "el-GR",
          "en-CA", "en-GB", "en-US", "es-ES", "es-MX", "et-EE", "eu-ES", "fa-IR", "fi-FI", "fil-PH",
          "fr-FR", "ga-IE", "he-IL", "hi-IN", "hr-HR", "hu-HU", "hy-AM", "id-ID", "is-IS", "it-IT",
          "ja-JP", "ka-GE", "ko-KR", "lt-LT", "lv-LV", "mn-MN", "mr-IN", "nb-NO", "nl-NL", "pl-PL",
          "pt-BR", "pt-PT", "ro-RO", "ru-RU", "sk-SK", "sl-SI", "sr-RS", "sv-SE", "sw-KE", "ta-IN",
          "th-TH", "tr-TR", "uk-UA", "vi-VN", "zh-CN", "zh-TW");

  private static final List<String> TEMPLATES =
      List.of("yMMMMEEEEd", "yMMMEd", "yMMMd", "yMEd", "yMd");

  private static final Pattern MONTH_NAME = Pattern.compile("MMM|LLL");
  private static final Pattern MONTH_BEFORE_DAY = Pattern.compile("^[^yd]*M[^y]*d");

  /** Marks of writing direction, which nobody types and which change nothing that is seen. */
  private static final Pattern DIRECTION = Pattern.compile("[\\u200E\\u200F\\u061C]");

  /** Among them narrow and no-break spaces, which look like the common one. */
  private static final Pattern SPACE = Pattern.compile("\\p{Zs}");

  private final List<DateTimeFormatter> formatters;

  /** The forms of a locale, each of them once. */
  DateForms(String tag) {
    Locale locale = Locale.forLanguageTag(tag);
    IsoChronology gregorian = IsoChronology.INSTANCE;
    Stream<String> styles =
        Stream.of(FormatStyle.values())
            .map(s ->
                DateTimeFormatterBuilder.getLocalizedDateTimePattern(s, null, gregorian, locale));
    Stream<String> templates =
        TEMPLATES.stream()
            .map(t -> DateTimeFormatterBuilder.getLocalizedDateTimePattern(t, gregorian, locale));
    formatters =
        Stream.concat(styles, templates)
            .map(pattern -> pattern.replaceAll("y+", "y"))
            .filter(DateForms::isClear)
            .distinct()
            .map(p ->
                DateTimeFormatter.ofPattern(p, locale).withDecimalStyle(DecimalStyle.of(locale)))
            .toList();
  }

  private static boolean isClear(String pattern) {
    return MONTH_NAME.matcher(pattern).find() || !MONTH_BEFORE_DAY.matcher(pattern).find();
  }

  /** How many forms there are. */
  int count() {
    return formatters.size();
  }

  /** A date in form {@code 0 .. count() - 1}. */
  String text(LocalDate date, int form) {
    String text = DIRECTION.matcher(formatters.get(form).format(date)).replaceAll("");
    return SPACE.matcher(text).replaceAll(" ");
  }

  /** A date in all forms. */
  Stream<String> texts(LocalDate date) {
    return IntStream.range(0, count()).mapToObj(form -> text(date, form));
  }
}
