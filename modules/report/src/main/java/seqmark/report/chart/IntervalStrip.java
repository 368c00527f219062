package seqmark.report.chart;

import java.util.List;
import java.util.function.DoubleFunction;
import seqmark.harness.Interval;
import seqmark.report.Numbers;
import seqmark.report.markup.Element;

/**
 * Intervals as bars over one axis, small enough for the cells of a table.
 *
 * @param low the value at the left end
 * @param high the value at the right end
 */
public record IntervalStrip(double low, double high) {
  /** A strip on which all of these have a place. */
  public static IntervalStrip over(List<Interval> intervals) {
    double low = intervals.stream().mapToDouble(Interval::low).min().orElse(0);
    double high = intervals.stream().mapToDouble(Interval::high).max().orElse(1);
    return new IntervalStrip(low, high);
  }

  /** Its ends in words. */
  public String range(DoubleFunction<String> format) {
    return format.apply(low) + " … " + format.apply(high);
  }

  /** One interval: a bar, and a dot at the mean. The stylesheet does the rest. */
  public Element draw(Interval interval, int style) {
    double from = percent(interval.low());
    Element bar =
        Element.of("i")
            .with(
                "style",
                "left:%s%%;width:%s%%"
                    .formatted(text(from), text(percent(interval.high()) - from)));
    Element mean = Element.of("b").with("style", "left:" + text(percent(interval.mean())) + "%");
    return Element.of("span", bar, mean)
        .with("class", "strip")
        .with("style", "color:" + Palette.hex(style));
  }

  private double percent(double value) {
    return high > low ? 100 * (value - low) / (high - low) : 50;
  }

  private static String text(double percent) {
    return Numbers.fixed(percent, 1);
  }
}
