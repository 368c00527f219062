package seqmark.tasks;

import seqmark.compute.CounterRandom;

/**
 * Divides things into training, validation and test by a hash of what they are: the same thing is
 * in the same part in every run, whatever the seed, and parts share nothing.
 *
 * @param validation the share for validation, 0 to 1
 * @param test the share for testing, 0 to 1
 */
public record Parts(double validation, double test) {
  /** Another key would be other parts: numbers would no longer compare with older ones. */
  private static final CounterRandom KEY = CounterRandom.seeded(0).fork("parts");

  /** The part of a sequence. */
  public Split of(int... sequence) {
    CounterRandom hash = KEY;
    for (int id : sequence) {
      hash = hash.fork(id);
    }
    return of(hash.uniform(0));
  }

  /** The part of a text. */
  public Split of(String text) {
    return of(KEY.fork(text).uniform(0));
  }

  private Split of(double place) {
    return place < test ? Split.TEST : place < test + validation ? Split.VALIDATION : Split.TRAIN;
  }
}
