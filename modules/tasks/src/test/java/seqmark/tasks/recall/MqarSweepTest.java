package seqmark.tasks.recall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import seqmark.tasks.Example;
import seqmark.tasks.Split;
import seqmark.tasks.Task;
import seqmark.tasks.recall.MqarSweep.Segment;

class MqarSweepTest {
  private static Task zoology() {
    MqarSweep provider = new MqarSweep();
    return provider.create(provider.presets().get("zoology"), 1, Path.of(""));
  }

  @Test
  void zoologyTrainsOn180_000() {
    Task task = zoology();
    assertEquals(180_000, task.size(Split.TRAIN));
    assertEquals(8192 + 1 + 3, task.source().size()); // and the blank
    int[] firsts = {0, 100_000, 120_000, 140_000, 160_000};
    int[] lengths = {64, 128, 256, 256, 256};
    int[] pairs = {4, 8, 16, 32, 64};
    for (int s = 0; s < firsts.length; s++) {
      for (int index : new int[] {firsts[s], firsts[s] + 19_999}) {
        Example e = task.example(Split.TRAIN, index);
        assertEquals(lengths[s], e.source().length);
        assertEquals(pairs[s], e.asked().length);
      }
    }
  }

  @Test
  void zoologyTestsAThousandOfEachNumberOfPairs() {
    Task task = zoology();
    Map<Integer, Integer> lengthByPairs = new HashMap<>();
    for (int i = 0; i < task.size(Split.TEST); i += 500) {
      Example e = task.example(Split.TEST, i);
      int pairs = task.difficulty().of().applyAsInt(e);
      lengthByPairs.put(pairs, e.source().length);
    }
    assertEquals(7_000, task.size(Split.TEST));
    assertEquals(
        Map.of(4, 64, 8, 64, 16, 64, 32, 128, 64, 256, 128, 512, 256, 1024), lengthByPairs);
  }

  @Test
  void parametersThatCannotBe() {
    List<Segment> right = List.of(new Segment(16, 2, 10));
    List<Segment> wrong = List.of(new Segment(16, 2, 10), new Segment(16, 8, 10));
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new MqarSweep.Config(64, 0.01, Mqar.Filler.BLANK, right, right, wrong));
    assertEquals(
        "test.1: length is 16, expected 32 to 100000: four times the pairs, for all pairs and a"
            + " place for each repeated key",
        e.getMessage());
    e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new MqarSweep.Config(64, 0.01, Mqar.Filler.BLANK, List.of(), right, right));
    assertEquals("train is [], expected 1 or more kinds of sequences", e.getMessage());
    List<Segment> many = List.of(new Segment(16, 2, 1 << 30), new Segment(32, 2, 1 << 30));
    e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new MqarSweep.Config(64, 0.01, Mqar.Filler.BLANK, many, right, right));
    assertEquals(
        "train has 2147483648 examples in all, expected 2147483647 at most", e.getMessage());
  }
}
