package seqmark.tasks.recall;

import seqmark.compute.CounterRandom;
import seqmark.nn.Tokens;
import seqmark.tasks.Drawing;
import seqmark.tasks.Example;
import seqmark.tasks.Split;

/** Makes the sequences of {@link InductionHeads}. */
final class InductionHeadsGenerator implements Drawing.Generator {
  private final InductionHeads.Config config;

  /** Its id comes after those of all other symbols. */
  private final int cue;

  InductionHeadsGenerator(InductionHeads.Config config, int cue) {
    this.config = config;
    this.cue = cue;
  }

  @Override
  public Example draw(Split split, CounterRandom fixed, CounterRandom free) {
    int[] source = new int[length(split, fixed)];
    int end = source.length - 1;
    for (int i = 0; i < end; i++) {
      source[i] = Tokens.FIRST + free.below(cue - Tokens.FIRST, i);
    }
    int place = free.below(end - 1, end);
    source[place] = cue;
    source[end] = cue;
    return Example.asking(source, new int[] {source[place + 1]}, new int[] {end});
  }

  private int length(Split split, CounterRandom fixed) {
    return split == Split.TEST && !config.testLengths().isEmpty()
        ? config.testLengths().get(fixed.below(config.testLengths().size(), 0))
        : config.length();
  }
}
