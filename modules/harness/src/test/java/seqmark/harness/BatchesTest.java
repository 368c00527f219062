package seqmark.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import seqmark.compute.CounterRandom;
import seqmark.tasks.Example;

class BatchesTest {
  private static Part examples(int count) {
    CounterRandom random = CounterRandom.seeded(5);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      examples.add(Example.of(new int[1 + random.below(30, i)], new int[1 + random.below(30, -i)]));
    }
    return Part.of(examples);
  }

  @Test
  void aStepIsTheSameHoweverItIsReached() {
    Part examples = examples(1_000);
    Batches inOrder = new Batches(examples, 16, 3);
    for (int step = 0; step < 200; step++) {
      List<Example> batch = inOrder.at(step);
      assertEquals(batch, new Batches(examples, 16, 3).at(step));
    }
    assertNotEquals(
        new Batches(examples, 16, 3).at(0), new Batches(examples, 16, 4).at(0), "another seed");
  }

  @Test
  void anEpochShowsEveryExampleOnce() {
    Part examples = examples(1_003);
    Batches batches = new Batches(examples, 10, 1);
    for (int epoch = 0; epoch < 3; epoch++) {
      HashSet<Example> seen = new HashSet<>();
      for (int step = 0; step < 100; step++) {
        seen.addAll(batches.at(epoch * 100 + step));
      }
      assertEquals(1_000, seen.size());
    }
    assertNotEquals(batches.at(0), batches.at(100), "epochs differ in their order");
  }

  @Test
  void batchesHoldExamplesOfLikeLength() {
    Part examples = examples(10_000);
    Batches batches = new Batches(examples, 20, 1);
    long cells = 0;
    long tokens = 0;
    for (int step = 0; step < 500; step++) {
      List<Example> batch = batches.at(step);
      cells += 20L * batch.stream().mapToInt(e -> e.source().length).max().orElseThrow();
      tokens += batch.stream().mapToInt(e -> e.source().length).sum();
    }
    assertTrue(tokens > 0.95 * cells, tokens + " of " + cells);
  }

  @Test
  void evaluationCoversAllExamples() {
    List<List<Integer>> batches = Batches.byLength(examples(101), 25);
    assertEquals(5, batches.size());
    assertEquals(101, batches.stream().flatMap(List::stream).distinct().count());
  }
}
