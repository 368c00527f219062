package seqmark.tasks.incontext;

import java.util.Arrays;
import java.util.List;
import seqmark.compute.CounterRandom;

/**
 * A random deterministic automaton without final states: whatever can be walked from its start,
 * state 0, is a string of its language.
 *
 * @param symbols by state, the symbols of the edges that leave it
 * @param next by state, where these edges lead
 */
record Automaton(int[][] symbols, int[][] next) {
  /** One as the parameters describe them. */
  static Automaton random(IclDfa.Config config, CounterRandom random) {
    int states = within(config.states(), random.fork("states"));
    int used = within(config.alphabet(), random.fork("size"));
    int[] letters = shuffled(config.alphabet().getLast(), used, random.fork("letters"));
    int[][] symbols = new int[states][];
    int[][] next = new int[states][];
    for (int state = 0; state < states; state++) {
      CounterRandom draws = random.fork(state);
      int edges = 1 + draws.below(config.edges(), 0);
      symbols[state] = shuffled(used, edges, draws.fork("symbols"));
      next[state] = shuffled(states - 1, edges, draws.fork("next"));
      for (int edge = 0; edge < edges; edge++) {
        symbols[state][edge] = letters[symbols[state][edge]];
        next[state][edge] += next[state][edge] < state ? 0 : 1;
      }
    }
    return new Automaton(symbols, next);
  }

  private static int within(List<Integer> range, CounterRandom random) {
    return range.getFirst() + random.below(range.getLast() - range.getFirst() + 1, 0);
  }

  /** Different numbers below a bound, in any order: the start of a shuffle. */
  private static int[] shuffled(int bound, int count, CounterRandom random) {
    int[] all = new int[bound];
    Arrays.setAll(all, i -> i);
    for (int i = 0; i < count; i++) {
      int j = i + random.below(bound - i, i);
      int chosen = all[j];
      all[j] = all[i];
      all[i] = chosen;
    }
    return Arrays.copyOf(all, count);
  }

  /** How many edges leave a state. */
  int edges(int state) {
    return symbols[state].length;
  }
}
