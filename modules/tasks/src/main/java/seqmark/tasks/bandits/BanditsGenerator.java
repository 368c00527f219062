package seqmark.tasks.bandits;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import seqmark.compute.CounterRandom;
import seqmark.nn.Tokens;
import seqmark.tasks.Difficulty;
import seqmark.tasks.Drawing;
import seqmark.tasks.DrawnTask;
import seqmark.tasks.Example;
import seqmark.tasks.Sizes;
import seqmark.tasks.Split;
import seqmark.tasks.Task;
import seqmark.tasks.Vocabulary;
import seqmark.tasks.metric.Exact;

/** The histories of {@link Bandits}. */
final class BanditsGenerator implements Drawing.Generator {
  private final Bandits.Config config;
  private final Vocabulary source;
  private final Vocabulary target;

  BanditsGenerator(Bandits.Config config) {
    this.config = config;
    this.target =
        new Vocabulary(IntStream.range(0, config.arms()).mapToObj(Integer::toString).toList(), " ");
    Stream<String> pulls =
        IntStream.range(0, config.arms()).boxed().flatMap(arm -> Stream.of(arm + "-", arm + "+"));
    this.source = new Vocabulary(Stream.concat(pulls, Stream.of("?")).toList(), " ");
  }

  @Override
  public Example draw(Split split, CounterRandom fixed, CounterRandom free) {
    Bandit bandit = new Bandit(config.arms(), free.fork("bandit"));
    CounterRandom choices = free.fork("policy");
    Posterior posterior = new Posterior(config.arms());
    int[] history = new int[config.pulls() + 1];
    for (int pull = 0; pull < config.pulls(); pull++) {
      int arm = config.policy().choose(posterior, choices, pull);
      boolean pays = bandit.pull(arm);
      posterior.observe(arm, pays);
      history[pull] = Tokens.FIRST + 2 * arm + (pays ? 1 : 0);
    }
    history[config.pulls()] = Tokens.FIRST + 2 * config.arms();
    List<int[]> best =
        IntStream.of(posterior.best()).mapToObj(arm -> new int[] {Tokens.FIRST + arm}).toList();
    int[] asked = {config.pulls()};
    return new Example(history, best.getFirst(), best, new float[0][], asked);
  }

  /** The task of these examples. */
  Task task(long seed) {
    Sizes sizes = new Sizes(config.train(), config.validation(), config.test());
    Drawing drawing = new Drawing(sizes, CounterRandom.seeded(seed), this);
    return new DrawnTask(
        source, target, drawing, difficulty(), List.of(Exact.accuracy("accuracy")));
  }

  private Difficulty difficulty() {
    return new Difficulty("the best arm's lead (points)", this::lead);
  }

  /** By how much the best mean is above the next lower one, rounded. */
  private int lead(Example example) {
    Posterior posterior = new Posterior(config.arms());
    for (int pull = 0; pull < config.pulls(); pull++) {
      int symbol = example.source()[pull] - Tokens.FIRST;
      posterior.observe(symbol / 2, symbol % 2 == 1);
    }
    int best = posterior.best()[0];
    double next = 0;
    for (int arm = 0; arm < config.arms(); arm++) {
      if (posterior.compare(arm, best) < 0) {
        next = Math.max(next, posterior.mean(arm));
      }
    }
    return (int) Math.round(100 * (posterior.mean(best) - next));
  }
}
