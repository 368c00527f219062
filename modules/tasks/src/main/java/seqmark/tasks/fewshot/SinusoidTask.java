package seqmark.tasks.fewshot;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import seqmark.compute.CounterRandom;
import seqmark.nn.Tokens;
import seqmark.tasks.Difficulty;
import seqmark.tasks.Drawing;
import seqmark.tasks.Example;
import seqmark.tasks.Metric;
import seqmark.tasks.Sizes;
import seqmark.tasks.Split;
import seqmark.tasks.Task;
import seqmark.tasks.Vocabulary;
import seqmark.tasks.metric.Exact;

/** The points of {@link Sinusoid}. */
final class SinusoidTask implements Task {
  private static final double WEAKEST = 0.1;
  private static final Vocabulary SOURCE = new Vocabulary(List.of(".", "?"), " ");

  private final Sinusoid.Config config;
  private final Drawing drawing;
  private final Bins bins;
  private final Vocabulary target;

  SinusoidTask(Sinusoid.Config config, long seed) {
    this.config = config;
    this.bins = new Bins(config.bins());
    Sizes sizes = new Sizes(config.train(), config.validation(), config.test());
    this.drawing =
        new Drawing(
            sizes, CounterRandom.seeded(seed), tokens -> true, (split, fixed, free) -> draw(free));
    this.target =
        new Vocabulary(
            IntStream.range(0, config.bins())
                .mapToObj(bin -> String.format(Locale.ROOT, "%.3f", bins.centre(bin)))
                .toList(),
            " ");
  }

  private Example draw(CounterRandom random) {
    double amplitude = WEAKEST + (Bins.LIMIT - WEAKEST) * random.uniform(0);
    double phase = Math.PI * random.uniform(1);
    int query = config.points();
    float[][] features = new float[query + 1][2];
    double y = 0;
    for (int i = 0; i <= query; i++) {
      double x = Bins.LIMIT * (2 * random.uniform(2 + i) - 1);
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

  @Override
  public Vocabulary source() {
    return SOURCE;
  }

  @Override
  public Vocabulary target() {
    return target;
  }

  @Override
  public int features() {
    return 2;
  }

  @Override
  public int size(Split split) {
    return drawing.size(split);
  }

  @Override
  public Example example(Split split, int index) {
    return drawing.example(split, index);
  }

  @Override
  public Difficulty difficulty() {
    return new Difficulty("x to the nearest point (tenths)", SinusoidTask::tenthsToNearest);
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

  @Override
  public List<Metric> metrics() {
    return List.of(new SquaredError(bins), Exact.accuracy("accuracy"));
  }
}
