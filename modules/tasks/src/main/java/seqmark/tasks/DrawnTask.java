package seqmark.tasks;

import java.util.List;

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
