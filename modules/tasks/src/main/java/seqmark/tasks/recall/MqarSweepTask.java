package seqmark.tasks.recall;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import seqmark.compute.CounterRandom;
import seqmark.tasks.Difficulty;
import seqmark.tasks.Drawing;
import seqmark.tasks.Example;
import seqmark.tasks.Metric;
import seqmark.tasks.Sizes;
import seqmark.tasks.Split;
import seqmark.tasks.Task;
import seqmark.tasks.Vocabulary;

/** The segments of {@link MqarSweep}, one after the other. */
final class MqarSweepTask implements Task {
  private final Vocabulary symbols;
  private final Map<Split, List<Drawing>> segments = new EnumMap<>(Split.class);

  MqarSweepTask(MqarSweep.Config config, long seed) {
    this.symbols = MqarGenerator.symbols(config.vocabulary());
    CounterRandom random = CounterRandom.seeded(seed);
    segments.put(Split.TRAIN, drawings(config, config.train(), random));
    segments.put(Split.VALIDATION, drawings(config, config.validation(), random));
    segments.put(Split.TEST, drawings(config, config.test(), random));
  }

  private static List<Drawing> drawings(
      MqarSweep.Config config, List<MqarSweep.Segment> segments, CounterRandom random) {
    return IntStream.range(0, segments.size())
        .mapToObj(i -> drawing(config.mqar(segments.get(i)), random.fork(i)))
        .toList();
  }

  private static Drawing drawing(Mqar.Config config, CounterRandom random) {
    Sizes sizes = new Sizes(config.train(), config.validation(), config.test());
    return new Drawing(sizes, random, new MqarGenerator(config));
  }

  @Override
  public Vocabulary source() {
    return symbols;
  }

  @Override
  public Vocabulary target() {
    return symbols;
  }

  @Override
  public int size(Split split) {
    return segments.get(split).stream().mapToInt(drawing -> drawing.size(split)).sum();
  }

  @Override
  public Example example(Split split, int index) {
    int left = index;
    for (Drawing drawing : segments.get(split)) {
      if (left < drawing.size(split)) {
        return drawing.example(split, left);
      }
      left -= drawing.size(split);
    }
    throw new IndexOutOfBoundsException(index);
  }

  @Override
  public Difficulty difficulty() {
    return Mqar.DIFFICULTY;
  }

  @Override
  public List<Metric> metrics() {
    return Mqar.METRICS;
  }
}
