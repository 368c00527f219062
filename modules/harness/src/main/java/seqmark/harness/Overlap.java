package seqmark.harness;

import java.util.HashMap;
import java.util.Map;
import seqmark.compute.CounterRandom;
import seqmark.tasks.Example;

/** Counts the test examples whose source training shows too. */
final class Overlap {
  private static final CounterRandom KEY = CounterRandom.seeded(0).fork("source");

  /** How many test examples have a source that no training example was seen to have. */
  private final Map<Long, Integer> unseen = new HashMap<>();

  private int shared;

  /** A test example; all of them come before the first training example. */
  void tested(Example example) {
    unseen.merge(key(example), 1, Integer::sum);
  }

  /** A training example. */
  void trained(Example example) {
    Integer count = unseen.remove(key(example));
    shared += count == null ? 0 : count;
  }

  /** The number of test examples. */
  int shared() {
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
