package seqmark.nn.decode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seqmark.compute.Reference;
import seqmark.compute.Session;
import seqmark.nn.Sources;
import seqmark.nn.Tokens;
import seqmark.nn.ToyModel;

/** Search over a Markov chain, whose best output is found by trying all. */
class GeneratorTest {
  private static final int VOCABULARY = 6;
  private static final int LONGEST = 5;
  private static final int[][] SOURCES = {{3}, {4, 5}, {5, 3, 4}, {}};

  private static List<Generated> generate(Session session, Search search, int[][] sources) {
    return new Generator(new ToyModel(VOCABULARY), session, search).generate(Sources.of(sources));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.7, 1})
  void aWideBeamFindsTheBestOfAll(double power) {
    for (int seed = 0; seed < 10; seed++) {
      Session session = new Reference().open(seed, 1);
      Search search = new Search(200, power, LONGEST);
      List<Generated> found = generate(session, search, SOURCES);
      for (int i = 0; i < SOURCES.length; i++) {
        Hypothesis best = new Chain(session, first(i)).best(Hypothesis.EMPTY, power);
        assertArrayEquals(best.generated().tokens(), found.get(i).tokens());
        assertEquals(best.logProbability(), found.get(i).logProbability(), 1e-4);
      }
    }
  }

  @Test
  void greedyTakesTheBestTokenEveryTime() {
    for (int seed = 0; seed < 10; seed++) {
      Session session = new Reference().open(seed, 1);
      List<Generated> found = generate(session, Search.greedy(LONGEST), SOURCES);
      for (int i = 0; i < SOURCES.length; i++) {
        assertArrayEquals(new Chain(session, first(i)).greedy(), found.get(i).tokens());
      }
    }
  }

  @Test
  void attentionHasARowPerTokenAndAColumnPerSourcePosition() {
    Session session = new Reference().open(3, 1);
    for (Generated g : generate(session, new Search(2, 1, LONGEST), new int[][] {{3}, {4}})) {
      float[][] rows = g.attention().orElseThrow();
      assertEquals(g.tokens().length, rows.length);
      for (int t = 0; t < rows.length; t++) {
        assertArrayEquals(new float[] {t + 1}, rows[t]);
      }
    }
  }

  @Test
  void withoutAttentionTheTokensAreTheSame() {
    Session session = new Reference().open(3, 1);
    Search search = new Search(2, 1, LONGEST);
    List<Generated> shown = generate(session, search, SOURCES);
    List<Generated> blind =
        Generator.blind(new ToyModel(VOCABULARY), session, search).generate(Sources.of(SOURCES));
    for (int i = 0; i < SOURCES.length; i++) {
      assertArrayEquals(shown.get(i).tokens(), blind.get(i).tokens());
      assertEquals(shown.get(i).logProbability(), blind.get(i).logProbability());
      assertTrue(blind.get(i).attention().isEmpty());
    }
  }

  @Test
  void noSourcesNoOutputs() {
    assertTrue(generate(new Reference().open(1, 1), Search.greedy(3), new int[0][]).isEmpty());
  }

  private static int first(int source) {
    return SOURCES[source].length == 0 ? Tokens.PAD : SOURCES[source][0];
  }

  /** The chain computed here. */
  private record Chain(float[] table, float[] bias, int first) {
    Chain(Session session, int first) {
      this(session.read("table"), session.read("bias"), first);
    }

    double logit(int from, int to) {
      return table[from * VOCABULARY + to] + bias[first * VOCABULARY + to];
    }

    double logProbability(int from, int to) {
      double sum = 0;
      for (int i = 0; i < VOCABULARY; i++) {
        sum += Math.exp(logit(from, i));
      }
      return logit(from, to) - Math.log(sum);
    }

    Hypothesis best(Hypothesis before, double power) {
      Hypothesis best = null;
      for (int token = Tokens.EOS; token < VOCABULARY; token++) {
        double p = before.logProbability() + logProbability(before.token(), token);
        Hypothesis h = new Hypothesis(before, token, before.length() + 1, p, null);
        if (token != Tokens.EOS) {
          h = h.length() == LONGEST ? null : best(h, power);
        }
        boolean better = h != null && (best == null || h.score(power) > best.score(power));
        best = better ? h : best;
      }
      return best;
    }

    int[] greedy() {
      java.util.ArrayList<Integer> tokens = new java.util.ArrayList<>();
      int last = Tokens.BOS;
      while (tokens.size() < LONGEST) {
        int best = Tokens.EOS;
        for (int token = Tokens.EOS; token < VOCABULARY; token++) {
          best = logit(last, token) > logit(last, best) ? token : best;
        }
        if (best == Tokens.EOS) {
          break;
        }
        tokens.add(best);
        last = best;
      }
      return tokens.stream().mapToInt(i -> i).toArray();
    }
  }
}
