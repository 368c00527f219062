package seqmark.testkit;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import seqmark.nn.Tokens;
import seqmark.tasks.Example;
import seqmark.tasks.Task;
import seqmark.tasks.bandits.Bandits;
import seqmark.tasks.bandits.Policy;
import seqmark.tasks.fewshot.FewShot;
import seqmark.tasks.fewshot.Sinusoid;
import seqmark.tasks.incontext.IclDfa;
import seqmark.tasks.longrange.ListOps;

/** The contract, applied to tasks whose sources have to be evaluated or learned from. */
class InContextTasksTest {
  private static final Path HERE = Path.of(".");

  @Nested
  class ListOpsSmall extends TaskContract {
    @Override
    protected Task task(long seed) {
      return new ListOps()
          .create(new ListOps.Config(4, 5, 0.25, List.of(4, 60), 2_000, 200, 200), seed, HERE);
    }

    @Override
    protected Optional<Oracle> oracle() {
      return Optional.of(InContextTasksTest::evaluated);
    }
  }

  @Nested
  class ListOpsOfLongRangeArena extends TaskContract {
    @Override
    protected Task task(long seed) {
      return new ListOps()
          .create(new ListOps.Config(10, 10, 0.25, List.of(501, 1_999), 50, 20, 20), seed, HERE);
    }

    @Override
    protected Optional<Oracle> oracle() {
      return Optional.of(InContextTasksTest::evaluated);
    }
  }

  @Nested
  class IclDfaSmall extends TaskContract {
    @Override
    protected Task task(long seed) {
      IclDfa provider = new IclDfa();
      IclDfa.Config small = provider.presets().get("small");
      return provider.create(
          new IclDfa.Config(
              small.states(),
              small.alphabet(),
              small.edges(),
              small.strings(),
              small.length(),
              small.questions(),
              2_000,
              200,
              200),
          seed,
          HERE);
    }

    /** No source tells of its whole automaton: IclDfaTest asks the automaton itself. */
    @Override
    protected Optional<Oracle> oracle() {
      return Optional.empty();
    }
  }

  @Nested
  class FewShotWithSeveralShots extends TaskContract {
    @Override
    protected Task task(long seed) {
      return new FewShot().create(new FewShot.Config(5, 3, 4, 0.8, 500, 50, 50), seed, HERE);
    }

    @Override
    protected boolean mayBeShared(int[] source) {
      return true;
    }

    @Override
    protected Optional<Oracle> oracle() {
      return Optional.of((task, question) -> nearest(question, 5, 3));
    }
  }

  @Nested
  class SinusoidOfFivePoints extends TaskContract {
    @Override
    protected Task task(long seed) {
      return new Sinusoid().create(new Sinusoid.Config(5, 64, 500, 50, 50), seed, HERE);
    }

    @Override
    protected boolean mayBeShared(int[] source) {
      return true;
    }

    @Override
    protected Optional<Oracle> oracle() {
      return Optional.of((task, question) -> fitted(question, 64));
    }
  }

  @Nested
  class BanditsPlayedAtRandom extends TaskContract {
    @Override
    protected Task task(long seed) {
      return new Bandits()
          .create(new Bandits.Config(3, 12, Policy.RANDOM, 2_000, 200, 200), seed, HERE);
    }

    @Override
    protected Optional<Oracle> oracle() {
      return Optional.of(InContextTasksTest::bestArm);
    }
  }

  @Nested
  class BanditsPlayedGreedily extends TaskContract {
    @Override
    protected Task task(long seed) {
      return new Bandits()
          .create(new Bandits.Config(10, 100, Policy.EPSILON_GREEDY, 500, 50, 50), seed, HERE);
    }

    @Override
    protected Optional<Oracle> oracle() {
      return Optional.of(InContextTasksTest::bestArm);
    }
  }

  private static int[] evaluated(Task task, Example question) {
    Deque<List<Integer>> lists = new ArrayDeque<>();
    Deque<String> operators = new ArrayDeque<>();
    lists.push(new ArrayList<>());
    for (String symbol : task.source().text(question.source()).split(" ")) {
      if (symbol.startsWith("[")) {
        operators.push(symbol);
        lists.push(new ArrayList<>());
      } else if (symbol.equals("]")) {
        int value = applied(operators.pop(), lists.pop());
        lists.getFirst().add(value);
      } else {
        lists.getFirst().add(Integer.parseInt(symbol));
      }
    }
    return task.target().ids(lists.pop().getFirst().toString());
  }

  private static int applied(String operator, List<Integer> list) {
    Collections.sort(list);
    int half = list.size() / 2;
    return switch (operator) {
      case "[MIN" -> list.getFirst();
      case "[MAX" -> list.getLast();
      case "[SM" -> list.stream().mapToInt(i -> i).sum() % 10;
      case "[MED" ->
          list.size() % 2 == 1 ? list.get(half) : (list.get(half - 1) + list.get(half)) / 2;
      default -> throw new AssertionError(operator);
    };
  }

  /** The class whose mean m has the largest q m - m m / 2. */
  private static int[] nearest(Example question, int ways, int shots) {
    float[][] features = question.features();
    float[] query = features[features.length - 1];
    double[] scores = new double[ways];
    for (int way = 0; way < ways; way++) {
      for (int k = 0; k < query.length; k++) {
        double sum = 0;
        for (int i = 0; i < features.length - 1; i++) {
          sum += question.source()[i] == Tokens.FIRST + way ? features[i][k] : 0;
        }
        scores[way] += query[k] * sum / shots - sum * sum / shots / shots / 2;
      }
    }
    return new int[] {Tokens.FIRST + largest(scores)};
  }

  private static int largest(double[] scores) {
    int largest = 0;
    for (int i = 1; i < scores.length; i++) {
      largest = scores[i] > scores[largest] ? i : largest;
    }
    return largest;
  }

  /** Least squares in sin x and cos x. */
  private static int[] fitted(Example question, int bins) {
    float[][] features = question.features();
    double ss = 0;
    double sc = 0;
    double cc = 0;
    double sy = 0;
    double cy = 0;
    for (int i = 0; i < features.length - 1; i++) {
      double s = Math.sin(features[i][0]);
      double c = Math.cos(features[i][0]);
      double y = features[i][1];
      ss += s * s;
      sc += s * c;
      cc += c * c;
      sy += s * y;
      cy += c * y;
    }
    double determinant = ss * cc - sc * sc;
    double x = features[features.length - 1][0];
    double y =
        ((cc * sy - sc * cy) * Math.sin(x) + (ss * cy - sc * sy) * Math.cos(x)) / determinant;
    return new int[] {Tokens.FIRST + (int) Math.floor((y + 5) * bins / 10)};
  }

  private static int[] bestArm(Task task, Example question) {
    int arms = task.target().size() - Tokens.FIRST;
    double[] paid = new double[arms];
    double[] pulls = new double[arms];
    for (String pull : task.source().text(question.source()).split(" ")) {
      if (!pull.equals("?")) {
        int arm = Integer.parseInt(pull.substring(0, pull.length() - 1));
        pulls[arm]++;
        paid[arm] += pull.endsWith("+") ? 1 : 0;
      }
    }
    double[] means = new double[arms];
    for (int arm = 0; arm < arms; arm++) {
      means[arm] = (paid[arm] + 1) / (pulls[arm] + 2);
    }
    return new int[] {Tokens.FIRST + largest(means)};
  }
}
