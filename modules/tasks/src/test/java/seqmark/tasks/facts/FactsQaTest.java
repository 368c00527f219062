package seqmark.tasks.facts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import seqmark.tasks.Example;
import seqmark.tasks.Split;
import seqmark.tasks.Task;

class FactsQaTest {
  private static Task task(List<Integer> sentences, Kind... kinds) {
    FactsQa.Config config =
        new FactsQa.Config(List.of(kinds), sentences, 4, 12, 4, 1_000, 100, 100);
    return new FactsQa().create(config, 1, Path.of("."));
  }

  @Property(tries = 300)
  void storiesAreAsLongAsToldAndEndWithTheQuestion(
      @ForAll Kind kind,
      @ForAll @IntRange(min = 3, max = 8) int fewest,
      @ForAll @IntRange(max = 3) int more,
      @ForAll @IntRange(max = 99) int index) {
    Task task = task(List.of(fewest, fewest + more), kind);
    Example e = task.example(Split.TEST, index);
    String text = task.source().text(e.source());
    assertTrue(text.endsWith(" ?"), text);
    assertEquals(".", task.source().symbol(task.sentenceEnd()));
    int sentences = text.split(" \\. ").length - 1;
    assertTrue(fewest <= sentences && sentences <= fewest + more, text);
    assertEquals(sentences, task.difficulty().of().applyAsInt(e));
    if (kind.hasLongAnswers()) {
      assertEquals(0, e.asked().length);
    } else {
      assertArrayEquals(new int[] {e.source().length - 1}, e.asked());
      assertEquals(1, e.target().length);
    }
  }

  @Test
  void halfOfTheAnswersAreYes() {
    Map<String, Integer> answers = answers(Kind.YES_NO);
    assertEquals(2, answers.size());
    assertEquals(500, answers.get("yes"), 60);
  }

  @Test
  void waysHaveTwoOrThreeSteps() {
    answers(Kind.PATH)
        .forEach((answer, count) -> {
          List<String> steps = Arrays.asList(answer.split(" "));
          assertTrue(steps.size() == 2 || steps.size() == 3, answer);
          assertTrue(Words.DIRECTIONS.containsAll(steps), answer);
        });
  }

  @Test
  void countsAreNotNearlyAllOne() {
    Map<String, Integer> counts = answers(Kind.COUNT);
    assertTrue(counts.keySet().containsAll(List.of("zero", "one", "two")), counts.toString());
    assertTrue(counts.get("one") < 500, counts.toString());
  }

  private static Map<String, Integer> answers(Kind kind) {
    Task task = task(List.of(6, 11), kind);
    Map<String, Integer> answers = new TreeMap<>();
    for (int i = 0; i < 1_000; i++) {
      answers.merge(task.target().text(task.example(Split.TRAIN, i).target()), 1, Integer::sum);
    }
    return answers;
  }

  @Test
  void kindsAreEquallyFrequent() {
    Task task = task(List.of(5, 11), Kind.values());
    int paths = 0;
    for (int i = 0; i < 1_000; i++) {
      String text = task.source().text(task.example(Split.TRAIN, i).source());
      paths += text.contains("which way leads") ? 1 : 0;
    }
    assertEquals(1_000.0 / Kind.values().length, paths, 40);
  }

  /** A question mark is where one-word answers are asked: in no vocabulary of words but ours. */
  @Test
  void placesAndThingsThatDoNotOccurAreNoWords() {
    Task task =
        new FactsQa()
            .create(
                new FactsQa.Config(List.of(Kind.LIST), List.of(5, 8), 2, 4, 2, 10, 10, 10),
                1,
                Path.of("."));
    assertTrue(task.source().knows("fox") && task.source().knows("owl"));
    assertTrue(!task.source().knows("bear") && !task.source().knows("hill"));
  }

  @ParameterizedTest
  @CsvSource({
    "2, 6, 4, 6, 4, 'sentences is [2, 6], expected [first, last] with 3 <= first <= last <= 1000'",
    "3, 6, 1, 8, 4, 'actors is 1, expected 2 to 12'",
    "3, 6, 4, 3, 4, 'places is 3, expected 4 to 12'",
    "3, 6, 4, 8, 13, 'things is 13, expected 2 to 12'",
    "3, 6, 4, 6, 4, 'sentences is [3, 6], expected at most 5 for paths: each tells of one more of 6"
        + " places'",
  })
  void parametersThatCannotBe(
      int fewest, int most, int actors, int places, int things, String message) {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new FactsQa.Config(
                    List.of(Kind.PATH), List.of(fewest, most), actors, places, things, 10, 10, 10));
    assertEquals(message, e.getMessage());
  }

  /** With so few places, every thing has been everywhere more than once. */
  @Test
  void questionsThatHardlyAnyStoryAnswersAreToldAtOnce() {
    FactsQa.Config config =
        new FactsQa.Config(List.of(Kind.THREE_FACTS), List.of(8, 1_000), 6, 4, 6, 10, 10, 10);
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> new FactsQa().create(config, 1, Path.of(".")));
    assertEquals(
        "sentences is [8, 1000], expected others for three-facts: of 201 random stories of 1000"
            + " sentences with 6 actors, 4 places and 6 things none answers such a question",
        e.getMessage());
  }

  @Test
  void kindsAreNamedOnce() {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new FactsQa.Config(
                    List.of(Kind.LIST, Kind.LIST), List.of(3, 6), 4, 6, 4, 10, 10, 10));
    assertEquals(
        "kinds is [list, list], expected one or more kinds, each of them once", e.getMessage());
  }
}
