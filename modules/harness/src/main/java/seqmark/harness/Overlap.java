package seqmark.harness;

import java.util.HashMap;
import java.util.Map;
import seqmark.compute.CounterRandom;
import seqmark.tasks.Example;

/** Counts the test examples whose source training shows too. */
final class Overlap {
  private static final CounterRandom KEY = CounterRandom.seeded(0).fork("source");

  private Overlap() {}

  /** How many examples of {@code test} have a source that one of {@code train} has. */
  static int of(Iterable<Example> train, Iterable<Example> test) {
    Map<Long, Integer> unseen = new HashMap<>();
    for (Example example : test) {
      unseen.merge(key(example), 1, Integer::sum);
    }
    int shared = 0;
    for (Example example : train) {
      Integer count = unseen.remove(key(example));
      shared += count == null ? 0 : count;
    }
    return shared;
  }

  /** Among a billion sources, two have the same key with a chance of 3%. */
  private static long key(Example example) {
    CounterRandom key = KEY;
    for (int id : example.source()) {
      key = key.fork(id);
    }
    for (float[] row : example.features()) {
      for (float feature : row) {
        key = key.fork(Float.floatToIntBits(feature));
      }
    }
    return key.key();
  }
}
