package seqmark.tasks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class DataHashTest {
  private record Fixed(Vocabulary source, Vocabulary target, List<Example> examples)
      implements Task {
    @Override
    public int size(Split split) {
      return examples.size();
    }

    @Override
    public Example example(Split split, int index) {
      return examples.get(index);
    }

    @Override
    public List<Metric> metrics() {
      return List.of();
    }
  }

  private static String hash(String symbols, Example... examples) {
    Vocabulary vocabulary = new Vocabulary(List.of(symbols.split("")), "");
    return DataHash.of(new Fixed(vocabulary, vocabulary, List.of(examples)), Split.TEST);
  }

  @Test
  void sameDataSameHash() {
    Example example = Example.of(new int[] {3, 4}, new int[] {5});
    Example again = Example.of(new int[] {3, 4}, new int[] {5});
    assertEquals(hash("abc", example), hash("abc", again));
  }

  @Test
  void anyDifferenceChangesIt() {
    Example example = Example.of(new int[] {3, 4}, new int[] {5});
    String hash = hash("abc", example);
    assertNotEquals(hash, hash("abd", example));
    assertNotEquals(hash, hash("abc", example, example));
    assertNotEquals(hash, hash("abc", Example.of(new int[] {3}, new int[] {4, 5})));
    List<int[]> more = List.of(example.target(), new int[] {3});
    assertNotEquals(hash, hash("abc", new Example(example.source(), example.target(), more)));
  }
}
