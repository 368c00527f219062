package seqmark.tasks.mad;

import java.util.Arrays;
import seqmark.compute.CounterRandom;
import seqmark.nn.Tokens;
import seqmark.tasks.Drawing;
import seqmark.tasks.Example;
import seqmark.tasks.Split;

/**
 * Makes the sequences of {@link SelectiveCopying} and {@link Compression}: random tokens with
 * blanks between them, a cue, then a slot for every token, where it is asked.
 *
 * @param letters how many different tokens there are; they have the first ids
 * @param tokens how many there are in a sequence
 * @param blanks how many stand between them
 * @param spacing where
 * @param cue the id of the cue
 * @param blank the id of blanks and slots
 */
record SlotsGenerator(
    int letters, int tokens, int blanks, SelectiveCopying.Spacing spacing, int cue, int blank)
    implements Drawing.Generator {
  @Override
  public Example draw(Split split, CounterRandom fixed, CounterRandom free) {
    Draws draws = new Draws(free);
    int[] target = new int[tokens];
    for (int i = 0; i < tokens; i++) {
      target[i] = Tokens.FIRST + draws.below(letters);
    }
    int body = tokens + blanks;
    int[] source = new int[body + 1 + tokens];
    Arrays.fill(source, blank);
    switch (spacing) {
      case PLACES -> atPlaces(source, target, draws);
      case GAPS -> inGaps(source, target, draws);
    }
    source[body] = cue;
    int[] asked = new int[tokens];
    Arrays.setAll(asked, i -> body + 1 + i);
    return Example.asking(source, target, asked);
  }

  /** Goes through the places and takes each with the share of tokens among what is left. */
  private void atPlaces(int[] source, int[] target, Draws draws) {
    int placed = 0;
    for (int left = tokens + blanks; placed < tokens; left--) {
      if (draws.below(left) < tokens - placed) {
        source[tokens + blanks - left] = target[placed++];
      }
    }
  }

  private void inGaps(int[] source, int[] target, Draws draws) {
    int[] gaps = new int[tokens];
    for (int i = 0; i < blanks; i++) {
      gaps[draws.below(tokens)]++;
    }
    int place = 0;
    for (int i = 0; i < tokens; i++) {
      place += gaps[i];
      source[place++] = target[i];
    }
  }

  /** Whether there are too few sequences of tokens for all parts to have their own. */
  boolean isShared() {
    return Math.pow(letters, tokens) < Drawing.DIVIDED_FROM;
  }
}
