package seqmark.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import seqmark.harness.Interval;
import seqmark.harness.TrialResult;

class VerdictTest {
  private static final Measure ERROR = new Measure("word error", false);

  @Test
  void namesTheWinnerAndTheDistance() {
    Verdict verdict =
        verdict(contender("a", 3, 0.25, 0.26, 0.27), contender("b", 3, 0.30, 0.31, 0.32));
    assertEquals("a is best: word error 26.0%, 5.0 points lower than b.", verdict.headline());
    assertEquals(
        "The 95% intervals do not overlap: a 26.0% [25.0–27.0] and b 31.0% [30.0–32.0].",
        verdict.detail());
  }

  @Test
  void seesNoDifferenceInsideTheIntervals() {
    Verdict verdict =
        verdict(
            contender("a", 3, 0.25, 0.26, 0.27),
            contender("b", 3, 0.26, 0.27, 0.28),
            contender("c", 3, 0.40, 0.41, 0.42));
    assertEquals("No difference beyond the intervals between a and b.", verdict.headline());
    assertEquals(
        "Word error: a 26.0% [25.0–27.0] and b 27.0% [26.0–28.0]. Behind: c 41.0% [40.0–42.0].",
        verdict.detail());
  }

  @Test
  void claimsNothingFromASingleSeed() {
    Verdict verdict =
        verdict(contender("a", 1, 0.25, 0.26, 0.27), contender("b", 1, 0.30, 0.31, 0.32));
    assertEquals("a is ahead: word error 26.0%, 5.0 points lower than b.", verdict.headline());
    assertEquals(
        "The 95% intervals do not overlap: a 26.0% [25.0–27.0] and b 31.0% [30.0–32.0]. "
            + "With a single seed the interval is over test examples only: "
            + "another seed may say otherwise.",
        verdict.detail());
  }

  /** Guessing has 90% of the words wrong. */
  @Test
  void saysWhereNobodyIsBetterThanGuessing() {
    Verdict verdict =
        verdict(contender("a", 3, 0.89, 0.90, 0.91), contender("b", 3, 0.96, 0.97, 0.98));
    assertEquals("a is best: word error 90.0%, 7.0 points lower than b.", verdict.headline());
    assertEquals(
        "The 95% intervals do not overlap: a 90.0% [89.0–91.0] and b 97.0% [96.0–98.0]. Nothing is"
            + " better than guessing, which gets 90.0%.",
        verdict.detail());
  }

  @Test
  void handlesOneModelAndNone() {
    assertEquals("a: word error 26.0%.", verdict(contender("a", 3, 0.25, 0.26, 0.27)).headline());
    assertEquals(
        "No trial finished: there is nothing to compare.",
        Verdict.of(new Comparison("t", List.of(), List.of())).headline());
  }

  private static Verdict verdict(Contender... contenders) {
    return Verdict.of(new Comparison("t", List.of(ERROR), List.of(contenders)));
  }

  private static Contender contender(
      String model, int seeds, double low, double mean, double high) {
    TrialResult trial = SyntheticExperiment.trial("t", model, mean, 1, Map.of());
    Interval interval = new Interval(mean, low, high, Interval.Over.SEEDS, seeds);
    return new Contender(
        model,
        0,
        Map.of(),
        java.util.Collections.nCopies(seeds, trial),
        Map.of(ERROR.name(), interval));
  }
}
