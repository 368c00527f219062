package seqmark.tasks.dates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import seqmark.tasks.Split;
import seqmark.tasks.Task;

class DatesTest {
  private static final LocalDate DAY = LocalDate.of(2024, 3, 7);

  private static List<String> forms(String locale) {
    return new DateForms(locale).texts(DAY).toList();
  }

  @Test
  void localesWriteAsTheyDo() {
    assertTrue(forms("de-DE").contains("Donnerstag, 7. März 2024"));
    assertTrue(forms("ja-JP").contains("2024年3月7日木曜日"));
    assertTrue(forms("ar-EG").contains("٧/٣/٢٠٢٤"), "without marks of direction");
    assertTrue(forms("th-TH").contains("7 มี.ค. 2024"), "Gregorian year");
    assertTrue(forms("en-GB").contains("07/03/2024"));
    assertTrue(forms("en-US").stream().noneMatch(text -> text.contains("/")), "month first");
  }

  @Test
  void noTextMeansTwoDays() {
    Map<String, LocalDate> meanings = new HashMap<>();
    for (String locale : DateForms.LOCALES) {
      DateForms forms = new DateForms(locale);
      for (int day = 1; day <= DAY.lengthOfYear(); day++) {
        LocalDate date = DAY.withDayOfYear(day);
        forms
            .texts(date)
            .forEach(text -> {
              LocalDate other = meanings.putIfAbsent(text, date);
              assertTrue(other == null || other.equals(date), () -> text + " of " + locale);
            });
      }
    }
  }

  @Test
  void vocabularyHasTheCharactersOfAllTexts() {
    Task task = new Dates().create(new Dates().defaults(), 1, Path.of("."));
    for (String locale : DateForms.LOCALES) {
      DateForms forms = new DateForms(locale);
      for (int day = 1; day <= DAY.lengthOfYear(); day += 3) {
        forms
            .texts(DAY.withDayOfYear(day))
            .forEach(text -> assertEquals(text, task.source().text(task.source().ids(text))));
      }
    }
  }

  @Test
  void aDayIsInOnePart() {
    Dates.Config config = new Dates.Config(List.of(), List.of(2000, 2001), 2_000, 500, 500);
    Task task = new Dates().create(config, 1, Path.of("."));
    Map<String, Split> parts = new HashMap<>();
    for (Split split : Split.values()) {
      for (int i = 0; i < task.size(split); i++) {
        String day = task.target().text(task.example(split, i).target());
        Split other = parts.put(day, split);
        assertTrue(other == null || other == split, day);
        assertTrue(day.startsWith("2000-") || day.startsWith("2001-"), day);
      }
    }
    assertNull(parts.get("2002-01-01"));
  }

  @Test
  void badParametersAreNamed() {
    List<Integer> years = List.of(2000, 2001);
    assertThrows(
        IllegalArgumentException.class, () -> new Dates.Config(List.of("tlh"), years, 1, 1, 1));
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Dates.Config(List.of(), List.of(2001, 2000), 1, 1, 1));
    assertEquals(
        "years is [2001, 2000], expected [first, last] with 1583 <= first <= last <= 9999",
        e.getMessage());
  }
}
