package seqmark.tasks.recall;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import seqmark.compute.CounterRandom;
import seqmark.tasks.Difficulty;
import seqmark.tasks.Example;
import seqmark.tasks.Metric;
import seqmark.tasks.Split;
import seqmark.tasks.Task;
import seqmark.tasks.Vocabulary;

/** The segments of {@link MqarSweep}, one after the other, each a task of its own. */
final class MqarSweepTask implements Task {
  private final Vocabulary symbols;
  private final Map<Split, List<Task>> segments;

  MqarSweepTask(MqarSweep.Config config, long seed) {
    this.symbols = MqarGenerator.symbols(config.vocabulary());
    this.segments =
        Map.of(
            Split.TRAIN, tasks(config, config.train(), seed),
            Split.VALIDATION, tasks(config, config.validation(), seed),
            Split.TEST, tasks(config, config.test(), seed));
  }

  private List<Task> tasks(MqarSweep.Config config, List<MqarSweep.Segment> of, long seed) {
    CounterRandom random = CounterRandom.seeded(seed);
    return IntStream.range(0, of.size())
        .mapToObj(i -> Mqar.task(symbols, config.mqar(of.get(i)), random.fork(i)))
        .toList();
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
    return segments.get(split).stream().mapToInt(task -> task.size(split)).sum();
  }

  @Override
  public Example example(Split split, int index) {
    int left = index;
    for (Task task : segments.get(split)) {
      if (left < task.size(split)) {
        return task.example(split, left);
      }
      left -= task.size(split);
    }
    throw new IndexOutOfBoundsException(index);
  }

  @Override
  public Difficulty difficulty() {
    return segments.get(Split.TEST).getFirst().difficulty();
  }

  @Override
  public List<Metric> metrics() {
    return segments.get(Split.TEST).getFirst().metrics();
  }
}
