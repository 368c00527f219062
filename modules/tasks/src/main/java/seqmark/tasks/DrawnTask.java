package seqmark.tasks;

import java.util.List;
import seqmark.tasks.metric.Exact;
import seqmark.tasks.metric.TokenAccuracy;

/**
 * A task of drawn examples whose sources and targets have the same symbols.
 *
 * @param symbols of sources and targets
 * @param drawing where the examples come from
 * @param difficulty what makes them hard
 * @param metrics the first one decides
 */
public record DrawnTask(
    Vocabulary symbols, Drawing drawing, Difficulty difficulty, List<Metric> metrics)
    implements Task {
  /** A task scored by the share of right answers, then by that of examples without a wrong one. */
  public DrawnTask(Vocabulary symbols, Drawing drawing, Difficulty difficulty) {
    this(
        symbols,
        drawing,
        difficulty,
        List.of(new TokenAccuracy("accuracy"), Exact.accuracy("exact")));
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
    return drawing.size(split);
  }

  @Override
  public Example example(Split split, int index) {
    return drawing.example(split, index);
  }
}
