package seqmark.tasks.fewshot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import seqmark.compute.CounterRandom;
import seqmark.nn.Tokens;
import seqmark.tasks.Example;
import seqmark.tasks.Split;
import seqmark.tasks.Task;

class FewShotTest {
  private static Task task(FewShot.Config config) {
    return new FewShot().create(config, 1, Path.of("."));
  }

  @Property(tries = 200)
  void everyLabelIsShownAsOften(
      @ForAll @IntRange(min = 2, max = 20) int ways,
      @ForAll @IntRange(min = 1, max = 5) int shots,
      @ForAll @IntRange(min = 1, max = 8) int dimensions,
      @ForAll @IntRange(max = 9) int index) {
    Task task = task(new FewShot.Config(ways, shots, dimensions, 0.5, 10, 10, 10));
    Example e = task.example(Split.TEST, index);
    String[] labels = task.source().text(e.source()).split(" ");
    int query = ways * shots;
    assertEquals(query + 1, labels.length);
    assertEquals("?", labels[query]);
    assertArrayEquals(new int[] {query}, e.asked());
    assertEquals(query + 1, e.features().length);
    assertEquals(dimensions, task.features());
    assertTrue(Arrays.stream(e.features()).allMatch(f -> f.length == dimensions));
    Map<String, Integer> counts = new TreeMap<>();
    Arrays.stream(labels).limit(query).forEach(l -> counts.merge(l, 1, Integer::sum));
    assertEquals(ways, counts.size());
    assertTrue(counts.values().stream().allMatch(c -> c == shots), counts.toString());
  }

  @Test
  void allOrdersAndAllAnswersAreEquallyFrequent() {
    Task task = task(new FewShot.Config(3, 1, 4, 0.2, 6_000, 10, 10));
    Map<String, Integer> episodes = new TreeMap<>();
    for (int i = 0; i < 6_000; i++) {
      Example e = task.example(Split.TRAIN, i);
      String episode = task.source().text(e.source()) + task.target().text(e.target());
      episodes.merge(episode, 1, Integer::sum);
    }
    assertEquals(18, episodes.size());
    episodes.forEach((episode, count) -> assertEquals(333, count, 80, episode));
  }

  @Test
  void noiseIsNearlyNormal() {
    Noise noise = new Noise(CounterRandom.seeded(1));
    double sum = 0;
    double squares = 0;
    int within = 0;
    for (int i = 0; i < 100_000; i++) {
      double x = noise.next();
      sum += x;
      squares += x * x;
      within += Math.abs(x) < 1 ? 1 : 0;
    }
    assertEquals(0, sum / 100_000, 0.015);
    assertEquals(1, squares / 100_000, 0.02);
    assertEquals(0.68, within / 100_000.0, 0.03);
  }

  @Test
  void moreShotsShowClassesBetter() {
    assertTrue(mistakenByOneShot(5) > 1.2 * mistakenByOneShot(1), "the first shot says it all");
  }

  /** Episodes in which the first example of another class is nearest. */
  private static double mistakenByOneShot(int shots) {
    Task task = task(new FewShot.Config(5, shots, 16, 0.8, 1_000, 10, 10));
    double mistaken = 1;
    for (int i = 0; i < 1_000; i++) {
      Example e = task.example(Split.TRAIN, i);
      float[] query = e.features()[e.features().length - 1];
      int nearest = -1;
      double least = Double.POSITIVE_INFINITY;
      for (int label = 0; label < 5; label++) {
        float[] first = e.features()[first(e, label)];
        double distance = 0;
        for (int k = 0; k < query.length; k++) {
          distance += (query[k] - first[k]) * (query[k] - first[k]);
        }
        nearest = distance < least ? label : nearest;
        least = Math.min(least, distance);
      }
      mistaken += nearest == e.target()[0] - Tokens.FIRST ? 0 : 1;
    }
    return mistaken;
  }

  private static int first(Example e, int label) {
    int at = 0;
    while (e.source()[at] != Tokens.FIRST + label) {
      at++;
    }
    return at;
  }

  @Test
  void presetsAreNamedByWaysAndShots() {
    new FewShot()
        .presets()
        .forEach((name, config) ->
            assertTrue(
                name.equals("small")
                    || name.equals("%d-way-%d-shot".formatted(config.ways(), config.shots())),
                name));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 4, 0.5, 'ways is 1, expected 2 to 1000'",
    "1000, 500, 21, 0.5, 'dimensions is 21, expected at most 20: an episode of 1000 ways and 500 shots"
        + " has up to 10000000 numbers'",
    "5, 0, 4, 0.5, 'shots is 0, expected 1 to 1000'",
    "5, 1, 0, 0.5, 'dimensions is 0, expected 1 to 1000'",
    "5, 1, 4, 0, 'noise is 0.0, expected above 0 and at most 10.0'",
  })
  void parametersThatCannotBe(int ways, int shots, int dimensions, double noise, String message) {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new FewShot.Config(ways, shots, dimensions, noise, 10, 10, 10));
    assertEquals(message, e.getMessage());
  }
}
