package seqmark.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import seqmark.harness.Interval;

/**
 * Who wins a task, and whether that can be said at all.
 *
 * @param headline one sentence
 * @param detail the numbers behind it, and what to keep in mind
 */
public record Verdict(String headline, String detail) {
  /** The fewest seeds for a claim. */
  private static final int ENOUGH_SEEDS = 3;

  /** The verdict on a task. */
  public static Verdict of(Comparison comparison) {
    List<Contender> ranked =
        comparison.contenders().stream().filter(c -> !c.metrics().isEmpty()).toList();
    if (ranked.isEmpty()) {
      return new Verdict("No trial finished: there is nothing to compare.", "");
    }
    Measure measure = comparison.primary();
    Contender best = ranked.getFirst();
    Interval lead = interval(best, measure);
    List<Contender> equals =
        ranked.stream().filter(c -> interval(c, measure).overlaps(lead)).toList();
    List<Contender> firstTwo = ranked.subList(0, Math.min(2, ranked.size()));
    List<Contender> compared = equals.size() > 1 ? equals : firstTwo;
    String headline;
    String detail;
    if (ranked.size() == 1) {
      headline = best.model() + ": " + measure.name() + " " + mean(best, measure) + ".";
      detail = "It has nothing to be compared with.";
    } else if (equals.size() <= 1) {
      headline = lead(best, ranked.get(1), measure);
      detail = "The 95% intervals do not overlap: " + values(compared, measure) + ".";
    } else {
      headline = "No difference beyond the intervals between " + names(equals) + ".";
      detail = tie(equals, ranked, measure);
    }
    return new Verdict(
        headline, join(detail, guessing(best, comparison), caveat(compared), losses(comparison)));
  }

  private static String lead(Contender best, Contender second, Measure measure) {
    double a = interval(best, measure).mean();
    double b = interval(second, measure).mean();
    return "%s %s: %s %s, %s %s than %s."
        .formatted(
            best.model(),
            seeds(List.of(best, second)) < ENOUGH_SEEDS ? "is ahead" : "is best",
            measure.name(),
            measure.format(a),
            measure.difference(a, b),
            measure.higherIsBetter() ? "higher" : "lower",
            second.model());
  }

  private static String tie(List<Contender> equals, List<Contender> ranked, Measure measure) {
    String numbers = capital(measure.name()) + ": " + values(equals, measure) + ".";
    List<Contender> worse = ranked.stream().filter(c -> !equals.contains(c)).toList();
    if (worse.isEmpty()) {
      return numbers;
    }
    return numbers + " Behind: " + values(worse, measure) + ".";
  }

  /** Who leads may not have learned anything. */
  private static String guessing(Contender best, Comparison comparison) {
    Measure measure = comparison.primary();
    double level = comparison.chance(measure);
    Interval lead = interval(best, measure);
    boolean learned = measure.higherIsBetter() ? lead.low() > level : lead.high() < level;
    return learned || Double.isNaN(level)
        ? ""
        : "Nothing is better than guessing, which gets %s.".formatted(measure.format(level));
  }

  private static String caveat(List<Contender> compared) {
    int seeds = seeds(compared);
    if (seeds >= ENOUGH_SEEDS) {
      return "";
    }
    if (seeds > 1) {
      return "Fewer than %d seeds: too few for a claim.".formatted(ENOUGH_SEEDS);
    }
    return "With a single seed the interval is over test examples only: "
        + "another seed may say otherwise.";
  }

  private static int seeds(List<Contender> contenders) {
    return contenders.stream().mapToInt(c -> c.finished().size()).min().orElse(0);
  }

  private static String losses(Comparison comparison) {
    List<String> lost = new ArrayList<>();
    for (Contender c : comparison.contenders()) {
      if (c.finished().size() < c.trials().size()) {
        lost.add(c.model() + " (" + c.status() + ")");
      }
    }
    return lost.isEmpty() ? "" : "Not all trials count: " + String.join(", ", lost) + ".";
  }

  private static Interval interval(Contender contender, Measure measure) {
    return contender.metric(measure).orElseThrow();
  }

  private static String mean(Contender contender, Measure measure) {
    return measure.format(interval(contender, measure).mean());
  }

  private static String values(List<Contender> contenders, Measure measure) {
    return list(
        contenders.stream()
            .map(c -> c.model() + " " + measure.format(interval(c, measure)))
            .toList());
  }

  private static String names(List<Contender> contenders) {
    return list(contenders.stream().map(Contender::model).toList());
  }

  private static String list(List<String> items) {
    int last = items.size() - 1;
    return last == 0
        ? items.getFirst()
        : String.join(", ", items.subList(0, last)) + " and " + items.get(last);
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private static String join(String... sentences) {
    return String.join(" ", List.of(sentences).stream().filter(s -> !s.isEmpty()).toList());
  }
}
