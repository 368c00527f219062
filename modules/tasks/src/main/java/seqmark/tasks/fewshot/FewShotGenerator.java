package seqmark.tasks.fewshot;

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

/** The episodes of {@link FewShot}. */
final class FewShotGenerator implements Drawing.Generator {
  private final FewShot.Config config;
  private final Vocabulary source;
  private final Vocabulary target;

  FewShotGenerator(FewShot.Config config) {
    this.config = config;
    this.target = new Vocabulary(labels().toList(), " ");
    this.source = new Vocabulary(Stream.concat(labels(), Stream.of("?")).toList(), " ");
  }

  private Stream<String> labels() {
    return IntStream.range(0, config.ways()).mapToObj(Integer::toString);
  }

  @Override
  public Example draw(Split split, CounterRandom fixed, CounterRandom free) {
    int shown = config.ways() * config.shots();
    int[] labels = shuffledLabels(shown, free.fork("order"));
    Noise noise = new Noise(free.fork("features"));
    double[][] prototypes = new double[config.ways()][config.dimensions()];
    for (double[] prototype : prototypes) {
      for (int k = 0; k < prototype.length; k++) {
        prototype[k] = noise.next();
      }
    }
    float[][] features = new float[shown + 1][];
    for (int i = 0; i < shown; i++) {
      features[i] = near(prototypes[labels[i] - Tokens.FIRST], noise);
    }
    features[shown] = new float[config.dimensions()];
    ClassMeans means = ClassMeans.of(labels, features, config.ways());
    CounterRandom queries = free.fork("query");
    int way;
    long draws = 0;
    do {
      way = queries.below(config.ways(), draws++);
      features[shown] = near(prototypes[way], noise);
    } while (means.nearest(features[shown]) != way);
    int[] answer = {Tokens.FIRST + way};
    return new Example(labels, answer, List.of(answer), features, new int[] {shown});
  }

  /** Every label as often as the others, then a question mark. */
  private int[] shuffledLabels(int shown, CounterRandom random) {
    int[] labels = new int[shown + 1];
    for (int i = 0; i < shown; i++) {
      int j = random.below(i + 1, i);
      labels[i] = labels[j];
      labels[j] = Tokens.FIRST + i % config.ways();
    }
    labels[shown] = Tokens.FIRST + config.ways();
    return labels;
  }

  private float[] near(double[] prototype, Noise noise) {
    float[] example = new float[prototype.length];
    for (int k = 0; k < example.length; k++) {
      example[k] = (float) (prototype[k] + config.noise() * noise.next());
    }
    return example;
  }

  /** The task of these examples. */
  Task task(long seed) {
    Sizes sizes = new Sizes(config.train(), config.validation(), config.test());
    Drawing drawing = new Drawing(sizes, CounterRandom.seeded(seed), tokens -> true, this);
    return new DrawnTask(
        source,
        target,
        config.dimensions(),
        0,
        drawing,
        difficulty(),
        List.of(Exact.accuracy("accuracy")));
  }

  private Difficulty difficulty() {
    return new Difficulty(
        "distance to the own class (% of that to the next)",
        example -> (int) ClassMeans.percentOfNext(example, config.ways()));
  }
}
