package seqmark.report.chart;

import java.util.List;
import java.util.function.DoubleFunction;
import seqmark.harness.Interval;
import seqmark.report.markup.Element;

/**
 * Intervals as bars over one axis, small enough for the cells of a table.
 *
 * @param low the value at the left end
 * @param high the value at the right end
 */
public record IntervalStrip(double low, double high) {
  private static final double WIDTH = 130;
  private static final double HEIGHT = 22;
  private static final double MARGIN = 5;

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

  /** The picture of one interval. */
  public Element draw(Interval interval, int style) {
    double middle = HEIGHT / 2;
    Element bar =
        Palette.group(style)
            .add(
                Svg.line(at(interval.low()), middle, at(interval.high()), middle)
                    .with("stroke-width", "6")
                    .with("stroke-linecap", "round")
                    .with("stroke-opacity", "0.35"),
                Element.of("circle")
                    .with("cx", Svg.at(at(interval.mean())))
                    .with("cy", Svg.at(middle))
                    .with("r", "4")
                    .with("fill", "currentColor"));
    Element track = Svg.grid().add(Svg.line(MARGIN, middle, WIDTH - MARGIN, middle));
    return Svg.picture(WIDTH, HEIGHT, "interval").with("class", "strip").add(track, bar);
  }

  private double at(double value) {
    double share = high > low ? (value - low) / (high - low) : 0.5;
    return MARGIN + share * (WIDTH - 2 * MARGIN);
  }
}
