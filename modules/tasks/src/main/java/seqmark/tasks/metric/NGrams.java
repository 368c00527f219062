package seqmark.tasks.metric;

import java.nio.IntBuffer;
import java.util.HashMap;
import java.util.Map;

/** How often each run of n ids occurs in a sequence. */
final class NGrams {
  private NGrams() {}

  static Map<IntBuffer, Integer> count(int[] sequence, int n) {
    Map<IntBuffer, Integer> counts = new HashMap<>();
    for (int i = 0; i + n <= sequence.length; i++) {
      counts.merge(IntBuffer.wrap(sequence, i, n).slice(), 1, Integer::sum);
    }
    return counts;
  }

  /** How many of the first are in the second too, each as often as it is there. */
  static int matches(Map<IntBuffer, Integer> counts, Map<IntBuffer, Integer> allowed) {
    int matches = 0;
    for (Map.Entry<IntBuffer, Integer> e : counts.entrySet()) {
      matches += Math.min(e.getValue(), allowed.getOrDefault(e.getKey(), 0));
    }
    return matches;
  }
}
