package seqmark.tasks.numbers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.ibm.icu.text.RuleBasedNumberFormat;
import com.ibm.icu.util.ULocale;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import seqmark.compute.CounterRandom;
import seqmark.tasks.Example;
import seqmark.tasks.Split;
import seqmark.tasks.Task;
import seqmark.tasks.numbers.Numbers.Answers;

class NumbersTest {
  private static final CounterRandom RANDOM = CounterRandom.seeded(5);

  private static Task task(Answers answers, List<String> languages, List<Integer> numbers) {
    Numbers.Config config = new Numbers.Config(answers, languages, numbers, 3_000, 500, 500);
    return new Numbers().create(config, 1, Path.of("."));
  }

  /** Numbers of all lengths. */
  private static IntStream numbers() {
    return IntStream.concat(
        IntStream.range(0, 120),
        IntStream.range(0, 300).map(i -> RANDOM.below(1_000_000_000, i) >>> i % 24));
  }

  @Test
  void languagesSpellAsTheyDo() {
    assertEquals("siebenhundertdreiundzwanzig", new Speller("de").text(723));
    assertEquals("forty-two thousand six", new Speller("en").text(42_006));
    assertEquals("soixante-quinze", new Speller("fr").text(75));
    assertEquals("一百二十三万四千五百六十七", new Speller("zh").text(1_234_567));
    assertEquals("двадцать один", new Speller("ru").text(21));
  }

  @Test
  void everyLanguageHasRulesOfItsOwn() {
    assertTrue(Speller.LANGUAGES.size() >= 20);
    for (String language : Speller.LANGUAGES) {
      RuleBasedNumberFormat rules = rules(language);
      assertEquals(language, rules.getLocale(ULocale.ACTUAL_LOCALE).getLanguage());
      Speller speller = new Speller(language);
      numbers()
          .forEach(number -> {
            String text = speller.text(number);
            assertTrue(text.codePoints().noneMatch(Character::isDigit), language + ": " + text);
            assertEquals(text.strip(), text);
          });
    }
  }

  private static RuleBasedNumberFormat rules(String language) {
    return new RuleBasedNumberFormat(
        Locale.forLanguageTag(language), RuleBasedNumberFormat.SPELLOUT);
  }

  @Test
  void whatIsSpelledIsReadAsTheSameNumber() throws ParseException {
    for (String language : List.of("ar", "de", "en", "es", "fi", "fr", "hi", "ja", "ru", "tr")) {
      RuleBasedNumberFormat rules = rules(language);
      for (int number : numbers().limit(150).toArray()) {
        assertEquals(number, rules.parse(rules.format(number)).intValue(), language);
      }
    }
  }

  @Test
  void noTextMeansTwoNumbers() {
    Map<String, Integer> meanings = new HashMap<>();
    for (String language : Speller.LANGUAGES) {
      Speller speller = new Speller(language);
      IntStream.concat(IntStream.range(0, 3_000), numbers())
          .forEach(number -> {
            Integer other = meanings.putIfAbsent(speller.text(number), number);
            assertTrue(
                other == null || other == number,
                () -> language + ": " + speller.text(number) + " is " + other + " and " + number);
          });
    }
  }

  @Test
  void theVocabularyHasTheCharactersOfAllTexts() {
    Task task = task(Answers.DIGITS, List.of(), List.of(0, 999_999_999));
    for (String language : Speller.LANGUAGES) {
      Speller speller = new Speller(language);
      numbers()
          .forEach(number -> {
            String text = speller.text(number);
            assertEquals(text, task.source().text(task.source().ids(text)));
          });
    }
  }

  @Test
  void aNumberIsInOnePartInAllLanguages() {
    Task task = task(Answers.DIGITS, List.of("de", "en", "zh"), List.of(500, 20_000));
    Map<String, Split> parts = new HashMap<>();
    for (Split split : Split.values()) {
      for (int i = 0; i < task.size(split); i++) {
        String digits = task.target().text(task.example(split, i).target());
        Split other = parts.put(digits, split);
        assertTrue(other == null || other == split, digits);
        int number = Integer.parseInt(digits);
        assertTrue(number >= 500 && number <= 20_000, digits);
      }
    }
  }

  @Test
  void bothWaysAreTheSamePairs() {
    List<String> languages = List.of("de", "ja");
    Task reading = task(Answers.DIGITS, languages, List.of(0, 9_999));
    Task writing = task(Answers.WORDS, languages, List.of(0, 9_999));
    Set<String> marks = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      Example read = reading.example(Split.TEST, i);
      Example written = writing.example(Split.TEST, i);
      String[] source = writing.source().text(written.source()).split(":");
      marks.add(source[0]);
      assertEquals(reading.target().text(read.target()), source[1]);
      assertEquals(reading.source().text(read.source()), writing.target().text(written.target()));
      assertEquals(source[1].length(), writing.difficulty().of().applyAsInt(written));
      assertEquals(source[1].length(), reading.difficulty().of().applyAsInt(read));
    }
    assertEquals(Set.copyOf(languages), marks);
  }

  @Test
  void allLengthsAreAsFrequent() {
    Task task = task(Answers.DIGITS, List.of("en"), List.of(0, 99_999));
    Map<Integer, Long> lengths =
        IntStream.range(0, 3_000)
            .mapToObj(i -> task.example(Split.TRAIN, i).target().length)
            .collect(Collectors.groupingBy(length -> length, Collectors.counting()));
    assertEquals(Set.of(1, 2, 3, 4, 5), lengths.keySet());
    lengths.forEach((length, count) -> assertEquals(600, count, 150, "length " + length));
  }

  @Test
  void badParametersAreNamed() {
    List<Integer> all = List.of(0, 999);
    assertMessage("languages has 'tlh', expected some of af, ", List.of("tlh"), all, 1);
    assertMessage(
        "languages is [en, en], expected each language once", List.of("en", "en"), all, 1);
    assertMessage(
        "numbers is [0, 1000000000], expected [first, last] with 0 <= first <= last <= 999999999",
        List.of(),
        List.of(0, 1_000_000_000),
        1);
    assertMessage(
        "numbers is [1, 999], expected [first, last] of 1000 or more numbers: each is in one part",
        List.of(),
        List.of(1, 999),
        1);
    assertMessage("train is 0, expected 1 or more examples", List.of(), all, 0);
  }

  private static void assertMessage(
      String start, List<String> languages, List<Integer> numbers, int train) {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Numbers.Config(Answers.DIGITS, languages, numbers, train, 1, 1));
    assertTrue(e.getMessage().startsWith(start), e.getMessage());
    assertFalse(e.getMessage().contains("\n"));
  }
}
