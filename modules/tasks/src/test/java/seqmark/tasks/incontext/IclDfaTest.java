package seqmark.tasks.incontext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import seqmark.compute.CounterRandom;
import seqmark.nn.Tokens;
import seqmark.tasks.Answer;
import seqmark.tasks.Example;
import seqmark.tasks.Metric;
import seqmark.tasks.Split;
import seqmark.tasks.Task;

class IclDfaTest {
  private static final IclDfa.Config REGBENCH = new IclDfa().presets().get("regbench");

  private static Task task(IclDfa.Config config) {
    return new IclDfa().create(config, 1, Path.of("."));
  }

  @Property(tries = 200)
  void automataAreDeterministicWithoutLoops(@ForAll long seed) {
    Automaton automaton = Automaton.random(REGBENCH, CounterRandom.seeded(seed));
    int states = automaton.next().length;
    assertTrue(4 <= states && states <= 12, states + " states");
    Set<Integer> used = new HashSet<>();
    for (int state = 0; state < states; state++) {
      int edges = automaton.edges(state);
      assertTrue(1 <= edges && edges <= 3, edges + " edges");
      assertEquals(edges, Arrays.stream(automaton.symbols()[state]).distinct().count());
      assertEquals(edges, Arrays.stream(automaton.next()[state]).distinct().count());
      for (int edge = 0; edge < edges; edge++) {
        assertTrue(automaton.next()[state][edge] != state, "a loop");
        assertTrue(automaton.next()[state][edge] < states);
        used.add(automaton.symbols()[state][edge]);
      }
    }
    assertTrue(used.stream().allMatch(symbol -> symbol < 18));
  }

  @Property(tries = 100)
  void questionsAreAtTheEndsOfTheLastStrings(
      @ForAll @IntRange(min = 1, max = 10) int questions, @ForAll @IntRange(max = 99) int index) {
    Task task =
        task(
            new IclDfa.Config(
                List.of(4, 12),
                List.of(4, 18),
                3,
                List.of(10, 19),
                List.of(1, 49),
                questions,
                100,
                100,
                100));
    Example e = task.example(Split.TRAIN, index);
    String text = task.source().text(e.source());
    assertEquals(questions, e.asked().length);
    assertEquals(text.length() - 1, e.asked()[questions - 1]);
    String[] strings = text.split("\\|");
    assertTrue(10 <= strings.length && strings.length <= 19, strings.length + " strings");
    int end = text.length();
    for (int q = questions - 1; q >= 0; q--) {
      end = text.lastIndexOf('|', end - 1);
      if (q > 0) {
        assertEquals(end - 1, e.asked()[q - 1]);
      }
    }
  }

  /** The same beginning is the same state: with many strings, all that can follow has followed. */
  @Test
  void whoSeesEnoughKnowsAllThatIsAllowed() {
    Task task =
        task(
            new IclDfa.Config(
                List.of(4, 12),
                List.of(4, 18),
                3,
                List.of(1_000, 1_000),
                List.of(1, 4),
                20,
                10,
                10,
                10));
    for (int i = 0; i < 10; i++) {
      Example e = task.example(Split.TEST, i);
      String text = task.source().text(e.source());
      Map<String, Set<Character>> seen = new HashMap<>();
      for (String string : text.split("\\|")) {
        for (int j = 1; j < string.length(); j++) {
          seen.computeIfAbsent(string.substring(0, j), s -> new HashSet<>()).add(string.charAt(j));
        }
      }
      for (int q = 0; q < e.asked().length; q++) {
        int end = e.asked()[q] + 1;
        String string = text.substring(text.lastIndexOf('|', end - 1) + 1, end);
        if (string.length() < 3) {
          assertEquals(seen.get(string), allowed(task, e, q), string + " in " + text);
        }
      }
    }
  }

  private static Set<Character> allowed(Task task, Example e, int question) {
    Set<Character> allowed = new HashSet<>();
    e.references().forEach(r -> allowed.add(task.target().symbol(r[question]).charAt(0)));
    return allowed;
  }

  /** What followed the same last symbols, as many as possible of them. */
  @Test
  void whoComparesEndsIsNearlyAlwaysRight() {
    Task task = task(REGBENCH);
    Metric valid = task.metrics().getFirst();
    double[] sums = new double[valid.terms()];
    for (int i = 0; i < task.size(Split.TEST); i++) {
      Example e = task.example(Split.TEST, i);
      int[] answer = Arrays.stream(e.asked()).map(end -> likely(e.source(), end)).toArray();
      valid.count(e, Answer.of(answer), sums);
    }
    double score = valid.value(sums);
    assertTrue(0.85 < score && score < 1, "valid is " + score);
  }

  private static int likely(int[] text, int end) {
    int longest = -1;
    int answer = Tokens.FIRST;
    int separator = Tokens.FIRST + 18;
    for (int i = 0; i + 1 < text.length; i++) {
      int same = 0;
      while (same <= Math.min(i, end)
          && text[i - same] == text[end - same]
          && text[i - same] != separator) {
        same++;
      }
      if (i != end && same > longest && text[i + 1] != separator) {
        longest = same;
        answer = text[i + 1];
      }
    }
    return answer;
  }

  @Test
  void regbenchHasItsPublishedSettings() {
    assertEquals(
        new IclDfa.Config(
            List.of(4, 12),
            List.of(4, 18),
            3,
            List.of(10, 19),
            List.of(1, 49),
            10,
            5_000,
            250,
            250),
        REGBENCH);
    assertEquals(19 + Tokens.FIRST, task(REGBENCH).source().size());
  }

  @ParameterizedTest
  @CsvSource({
    "1, 4, 1, 5, 5, 'states is [1, 9], expected [first, last] with 3 <= first <= last <= 1000'",
    "4, 1, 1, 5, 5, 'alphabet is [1, 9], expected [first, last] with 2 <= first <= last <= 26'",
    "4, 6, 4, 5, 5, 'edges is 4, expected 2 to 3'",
    "4, 2, 3, 5, 5, 'edges is 3, expected 2 to 2'",
    "4, 4, 2, 5, 6, 'questions is 6, expected 1 to 5'",
  })
  void parametersThatCannotBe(
      int states, int alphabet, int edges, int strings, int questions, String message) {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new IclDfa.Config(
                    List.of(states, 9),
                    List.of(alphabet, 9),
                    edges,
                    List.of(strings, 9),
                    List.of(4, 9),
                    questions,
                    10,
                    10,
                    10));
    assertEquals(message, e.getMessage());
  }
}
