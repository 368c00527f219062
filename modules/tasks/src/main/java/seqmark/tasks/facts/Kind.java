package seqmark.tasks.facts;

import java.util.Locale;

/**
 * What is asked about a story; after the tasks of Weston et al. 2015 ("Towards AI-Complete Question
 * Answering", section 3) whose numbers are given.
 */
public enum Kind {
  /** Where somebody is: one sentence says it (task 1). */
  SINGLE_FACT,
  /** Where a thing is: one sentence says who took it along, another where to (task 2). */
  TWO_FACTS,
  /** Where a thing was before it came to a place (task 3). */
  THREE_FACTS,
  /** Whether somebody is at a place; half of the answers are yes (task 6). */
  YES_NO,
  /** How many things somebody carries (task 7). */
  COUNT,
  /** Which things somebody carries, in the order in which they were taken (task 8). */
  LIST,
  /** Which directions lead from one place to another, two or three of them (task 19). */
  PATH;

  /** The name in configs. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether answers have several words. */
  boolean hasLongAnswers() {
    return this == LIST || this == PATH;
  }

  /** Whether nobody takes anything, so that stories tell of moves alone. */
  boolean isAboutMoves() {
    return this == SINGLE_FACT || this == YES_NO;
  }
}
