package seqmark.tasks.fewshot;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
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

/** The points of {@link Sinusoid}. */
final class SinusoidGenerator implements Drawing.Generator {
  private static final double WEAKEST = 0.1;
  private static final Vocabulary SOURCE = new Vocabulary(List.of(".", "?"), " ");

  private final Sinusoid.Config config;
  private final Bins bins;
  private final Vocabulary target;

  SinusoidGenerator(Sinusoid.Config config) {
    this.config = config;
    this.bins = new Bins(config.bins());
    this.target =
        new Vocabulary(
            IntStream.range(0, config.bins())
                .mapToObj(bin -> String.format(Locale.ROOT, "%.3f", bins.centre(bin)))
                .toList(),
            " ");
  }

  @Override
  public Example draw(Split split, CounterRandom fixed, CounterRandom free) {
    double amplitude = WEAKEST + (Bins.LIMIT - WEAKEST) * free.uniform(0);
    double phase = Math.PI * free.uniform(1);
    int query = config.points();
    float[][] features = new float[query + 1][2];
    double y = 0;
    for (int i = 0; i <= query; i++) {
      double x = Bins.LIMIT * (2 * free.uniform(2 + i) - 1);
      y = amplitude * StrictMath.sin(x - phase);
      features[i][0] = (float) x;
      features[i][1] = (float) y;
    }
    features[query][1] = 0;
    int[] tokens = new int[query + 1];
    Arrays.fill(tokens, SOURCE.id("."));
    tokens[query] = SOURCE.id("?");
    int[] answer = {Tokens.FIRST + bins.of(y)};
    return new Example(tokens, answer, List.of(answer), features, new int[] {query});
  }

  /** The task of these examples. */
  Task task(long seed) {
    Sizes sizes = new Sizes(config.train(), config.validation(), config.test());
    Drawing drawing = new Drawing(sizes, CounterRandom.seeded(seed), tokens -> true, this);
    return new DrawnTask(
        SOURCE,
        target,
        2,
        0,
        drawing,
        difficulty(),
        List.of(new SquaredError(bins), Exact.accuracy("accuracy")));
  }

  private Difficulty difficulty() {
    return new Difficulty("x to the nearest point (tenths)", SinusoidGenerator::tenthsToNearest);
  }

  private static int tenthsToNearest(Example example) {
    float[][] features = example.features();
    double query = features[features.length - 1][0];
    double nearest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < features.length - 1; i++) {
      nearest = Math.min(nearest, Math.abs(features[i][0] - query));
    }
    return (int) Math.round(10 * nearest);
  }
}
