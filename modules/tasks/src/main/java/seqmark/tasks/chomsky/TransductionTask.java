package seqmark.tasks.chomsky;

import java.util.List;
import seqmark.compute.CounterRandom;
import seqmark.nn.Tokens;
import seqmark.tasks.Drawing;
import seqmark.tasks.Example;
import seqmark.tasks.Metric;
import seqmark.tasks.Sizes;
import seqmark.tasks.Split;
import seqmark.tasks.Task;
import seqmark.tasks.Vocabulary;
import seqmark.tasks.metric.Exact;
import seqmark.tasks.metric.MeanAccuracy;

/** The strings of a {@link Transduction}. */
final class TransductionTask implements Task {
  private final Transduction transduction;
  private final LengthConfig config;
  private final Drawing drawing;

  TransductionTask(Transduction transduction, LengthConfig config, long seed) {
    this.transduction = transduction;
    this.config = config;
    Sizes sizes = new Sizes(config.train(), config.validation(), config.test());
    this.drawing =
        new Drawing(sizes, CounterRandom.seeded(seed), transduction::isShared, this::draw);
  }

  @Override
  public Vocabulary source() {
    return transduction.source();
  }

  @Override
  public Vocabulary target() {
    return transduction.target();
  }

  @Override
  public int size(Split split) {
    return drawing.size(split);
  }

  @Override
  public Example example(Split split, int index) {
    return drawing.example(split, index);
  }

  private Example draw(Split split, CounterRandom fixed, CounterRandom free) {
    boolean longer = split == Split.TEST && !config.testLength().isEmpty();
    List<Integer> range = longer ? config.testLength() : config.length();
    int length = range.getFirst() + fixed.below(range.getLast() - range.getFirst() + 1, 0);
    Example drawn = transduction.draw(length, free);
    toIds(drawn.source());
    toIds(drawn.target());
    return drawn;
  }

  private static void toIds(int[] symbols) {
    for (int i = 0; i < symbols.length; i++) {
      symbols[i] += Tokens.FIRST;
    }
  }

  /** As the paper scores: the share of right positions of every string, and its mean. */
  @Override
  public List<Metric> metrics() {
    return List.of(new MeanAccuracy("accuracy"), Exact.accuracy("exact"));
  }
}
