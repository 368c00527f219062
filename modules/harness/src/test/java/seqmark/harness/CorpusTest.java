package seqmark.harness;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import seqmark.tasks.DataHash;
import seqmark.tasks.Example;
import seqmark.tasks.Split;
import seqmark.tasks.Task;
import seqmark.tasks.chomsky.ModularArithmetic;
import seqmark.tasks.recall.Copy;
import seqmark.tasks.recall.Mqar;
import seqmark.tasks.recall.SequenceConfig;

class CorpusTest {
  private static Task copy(int alphabet, List<Integer> length) {
    SequenceConfig config = new SequenceConfig(alphabet, length, List.of(), 600, 50, 200);
    return new Copy().create(config, 1, Path.of(""));
  }

  private static Task mqar() {
    Mqar.Config config = new Mqar.Config(16, 32, 4, 0.01, Mqar.Filler.BLANK, 500, 50, 500);
    return new Mqar().create(config, 1, Path.of(""));
  }

  @Test
  void trainingDoesNotDependOnWhetherExamplesAreHeld() {
    Task task = copy(26, List.of(1, 20));
    Corpus held = Corpus.of(task);
    Corpus made = Corpus.of(task, 100);
    assertEquals(held.hash(), made.hash());
    assertEquals(held.problem(), made.problem());
    assertEquals(held.shared(), made.shared());
    Batches some = new Batches(held.of(Split.TRAIN), 32, 5);
    Batches others = new Batches(made.of(Split.TRAIN), 32, 5);
    for (int step = 0; step < 40; step++) {
      List<Example> a = some.at(step);
      List<Example> b = others.at(step);
      for (int i = 0; i < 32; i++) {
        assertArrayEquals(a.get(i).source(), b.get(i).source());
      }
    }
  }

  @Test
  void manyExamplesAreNotHeld() {
    Task task = copy(26, List.of(1, 20));
    Part held = Corpus.of(task).of(Split.TRAIN);
    assertSame(held.get(7), held.get(7));
    Part made = Corpus.of(task, 100).of(Split.TRAIN);
    assertTrue(made.get(7) != made.get(7));
  }

  @Test
  void theHashIsThatOfAllParts() {
    Task task = mqar();
    assertEquals(DataHash.of(task), Corpus.of(task).hash());
  }

  @Test
  void countsTestExamplesThatTrainingShows() {
    assertEquals(200, Corpus.of(copy(2, List.of(1, 2))).shared(), "six sources in all");
    assertEquals(0, Corpus.of(copy(26, List.of(3, 20))).shared(), "parts are divided");
  }

  @Test
  void guessingScoresWhatItMust() {
    Scores oneOfEight = Guesses.of(Corpus.of(mqar()));
    assertEquals(1 / 8.0, oneOfEight.metrics().get("accuracy"), 0.01);
    assertEquals(Math.pow(8, -4), oneOfEight.metrics().get("exact"), 0.001);
    Scores copies = Guesses.of(Corpus.of(copy(4, List.of(1, 3))));
    copies
        .buckets()
        .forEach((length, bucket) ->
            assertEquals(Math.pow(4, -length), bucket.metrics().get("exact"), 0.05));
  }

  @Test
  void guessingKnowsWhatIsFrequent() {
    ModularArithmetic provider = new ModularArithmetic();
    Task task = provider.create(provider.presets().get("small"), 1, Path.of(""));
    Corpus corpus = Corpus.of(task);
    Map<Integer, Long> counts =
        corpus.of(Split.TEST).stream()
            .collect(Collectors.groupingBy(e -> e.target()[0], Collectors.counting()));
    double most = Collections.max(counts.values()) / (double) corpus.of(Split.TEST).size();
    assertTrue(most > 0.25, "0 is the most frequent of five values: " + most);
    assertEquals(most, Guesses.of(corpus).metrics().get("accuracy"), 1e-9);
  }

  @Test
  void manyDifficultiesAreGathered() {
    List<Integer> length = List.of(10, 150);
    SequenceConfig config = new SequenceConfig(26, length, List.of(), 100, 50, 2_000);
    Corpus corpus = Corpus.of(new Copy().create(config, 1, Path.of("")));
    var buckets = Guesses.of(corpus).buckets();
    assertEquals(29, buckets.size(), "ranges of 5 from 10 to 154");
    assertEquals(12, buckets.firstKey());
    assertEquals(20_000, buckets.values().stream().mapToInt(b -> b.examples()).sum());
  }
}
