package seqmark.tasks.chomsky;

import seqmark.compute.CounterRandom;
import seqmark.tasks.Example;

/**
 * Where a random walk on a circle of five places ends that starts at place 0: every symbol is a
 * step back ({@code -}), none ({@code 0}) or a step on ({@code +}). The answer is the place, 0 to
 * 4. A regular language.
 */
public final class CycleNavigation extends Transduction {
  private static final int PLACES = 5;

  /** For ServiceLoader. */
  public CycleNavigation() {
    super(
        "cycle-navigation",
        "where steps on a circle of five places lead",
        characters("-0+"),
        characters("01234"),
        5);
  }

  @Override
  Example draw(int length, CounterRandom random) {
    int[] source = uniform(3, length, random);
    int place = 0;
    for (int step : source) {
      place += step - 1;
    }
    return Example.of(source, new int[] {Math.floorMod(place, PLACES)});
  }
}
