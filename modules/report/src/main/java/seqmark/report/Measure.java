package seqmark.report;

import java.util.Locale;
import java.util.stream.Stream;
import seqmark.harness.Interval;
import seqmark.report.chart.Axis;

/**
 * A metric as the report shows it.
 *
 * @param name its name, for instance {@code word error}
 * @param higherIsBetter whether more is better
 */
public record Measure(String name, boolean higherIsBetter) {
  /** Whether values are shares, which people read as percent; the name says so. */
  public boolean isShare() {
    String words = name.toLowerCase(Locale.ROOT);
    return !words.contains("squared")
        && Stream.of("error", "accuracy", "exact", "rate", "valid").anyMatch(words::contains);
  }

  /** A value with its unit, for instance {@code 26.3%}. */
  public String format(double value) {
    return isShare() ? Numbers.percent(value) : Numbers.minus(Numbers.fixed(value, 2));
  }

  /** A mean with its interval, for instance {@code 26.3% [25.9–26.8]}. */
  public String format(Interval interval) {
    return format(interval.mean()) + " " + bounds(interval);
  }

  /** The ends of an interval, for instance {@code [25.9–26.8]}; a share is never below 0%. */
  public String bounds(Interval interval) {
    double low = isShare() ? Math.max(0, interval.low()) : interval.low();
    // An error can be above 100%: outputs may be longer than what they are compared with.
    double high = isShare() && higherIsBetter ? Math.min(1, interval.high()) : interval.high();
    return "[%s–%s]".formatted(bare(low), bare(high));
  }

  private String bare(double value) {
    return format(value).replace("%", "");
  }

  /** The distance of two values in words, for instance {@code 4.1 points}. */
  public String difference(double a, double b) {
    double distance = Math.abs(a - b) * (isShare() ? 100 : 1);
    return Numbers.fixed(distance, distance < 0.095 ? 2 : 1) + " points";
  }

  /** The axis of a chart that shows it. */
  Axis axis() {
    return isShare()
        ? new Axis(name + " (%)", Axis.Unit.PERCENT, Axis.Range.FROM_ZERO)
        : new Axis(name, Axis.Unit.NUMBER, Axis.Range.FROM_ZERO);
  }
}
