package seqmark.throughput;

import seqmark.compute.CounterRandom;
import seqmark.nn.Tokens;

/**
 * A batch of random tokens without padding, made of a few sequences in turn.
 *
 * <p>Row {@code r} is sequence {@code r mod distinct}. So a batch of {@code distinct} sequences has
 * the same logits in its rows, the same mean loss and the same gradients, and costs a slow
 * reference a part only.
 *
 * @param sources ids {@code [B][length]}
 * @param targets ids {@code [B][length - 1]}: the end token makes the rest
 */
record Sequences(int[][] sources, int[][] targets) {
  /**
   * A batch.
   *
   * @param distinct how many sequences differ; a divisor of the batch
   */
  static Sequences of(long seed, int vocabulary, int batch, int distinct, int length) {
    CounterRandom random = CounterRandom.seeded(seed).fork("throughput");
    int[][] sources = new int[batch][];
    int[][] targets = new int[batch][];
    for (int b = 0; b < batch; b++) {
      CounterRandom row = random.fork(b % distinct);
      sources[b] = tokens(row.fork("source"), vocabulary, length);
      targets[b] = tokens(row.fork("target"), vocabulary, length - 1);
    }
    return new Sequences(sources, targets);
  }

  private static int[] tokens(CounterRandom random, int vocabulary, int count) {
    int[] tokens = new int[count];
    for (int i = 0; i < count; i++) {
      tokens[i] = Tokens.FIRST + random.below(vocabulary - Tokens.FIRST, i);
    }
    return tokens;
  }

  int batch() {
    return sources.length;
  }

  int length() {
    return sources[0].length;
  }
}
