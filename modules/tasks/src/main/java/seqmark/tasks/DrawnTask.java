package seqmark.tasks;

import java.util.List;
import seqmark.tasks.metric.Exact;
import seqmark.tasks.metric.TokenAccuracy;

/**
 * A task of drawn examples.
 *
 * @param source symbols of sources
 * @param target symbols of targets, the same object where they are the same
 * @param features width of the feature vector beside every source token; 0 for tokens alone
 * @param sentenceEnd the source id that ends a sentence; 0 where sources have no sentences
 * @param drawing where the examples come from
 * @param difficulty what makes them hard
 * @param metrics the first one decides
 */
public record DrawnTask(
    Vocabulary source,
    Vocabulary target,
    int features,
    int sentenceEnd,
    Drawing drawing,
    Difficulty difficulty,
    List<Metric> metrics)
    implements Task {
  /** A task of tokens alone, without sentences. */
  public DrawnTask(
      Vocabulary source,
      Vocabulary target,
      Drawing drawing,
      Difficulty difficulty,
      List<Metric> metrics) {
    this(source, target, 0, 0, drawing, difficulty, metrics);
  }

  /** The same whose sources and targets have the same symbols. */
  public DrawnTask(
      Vocabulary symbols, Drawing drawing, Difficulty difficulty, List<Metric> metrics) {
    this(symbols, symbols, drawing, difficulty, metrics);
  }

  /**
   * The same, scored by the share of right answers, then by that of examples without a wrong one.
   */
  public DrawnTask(Vocabulary symbols, Drawing drawing, Difficulty difficulty) {
    this(
        symbols,
        drawing,
        difficulty,
        List.of(new TokenAccuracy("accuracy"), Exact.accuracy("exact")));
  }

  @Override
  public int size(Split split) {
    return drawing.size(split);
  }

  @Override
  public Example example(Split split, int index) {
    return drawing.example(split, index);
  }
}
