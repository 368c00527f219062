package seqmark.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import seqmark.report.chart.Axis.Range;
import seqmark.report.chart.Axis.Unit;

/**
 * From values to places along an axis.
 *
 * @param axis what is measured
 * @param min the value at {@code from}
 * @param max the value at {@code to}
 * @param from a place in the picture
 * @param to a place in the picture
 * @param step the distance of ticks; unused on a logarithmic axis
 */
record Scale(Axis axis, double min, double max, double from, double to, double step) {

  /**
   * A scale for values between {@code low} and {@code high}.
   *
   * @param ticks about how many ticks there should be
   */
  static Scale of(Axis axis, double low, double high, int ticks, double from, double to) {
    if (axis.range() == Range.LOGARITHMIC) {
      return new Scale(axis, low / 1.1, high * 1.1, from, to, 0);
    }
    double bottom = axis.range() == Range.FROM_ZERO ? Math.min(0, low) : low;
    double top = high > bottom ? high : bottom + 1;
    double step = niceStep((top - bottom) / ticks, axis.unit());
    if (axis.range() == Range.FROM_ZERO) {
      // The epsilon keeps 0.6000001 from opening a whole new step.
      return new Scale(
          axis,
          step * Math.floor(bottom / step + 1e-6),
          step * Math.ceil(top / step - 1e-6),
          from,
          to,
          step);
    }
    return new Scale(axis, bottom, top, from, to, step);
  }

  /** The place of a value. */
  double at(double value) {
    double share =
        axis.range() == Range.LOGARITHMIC
            ? Math.log(value / min) / Math.log(max / min)
            : (value - min) / (max - min);
    return from + share * (to - from);
  }

  /** The values of ticks, in rising order. */
  List<Double> ticks() {
    if (axis.range() == Range.LOGARITHMIC) {
      return logarithmicTicks();
    }
    List<Double> ticks = new ArrayList<>();
    long first = (long) Math.ceil(min / step - 1e-6);
    long last = (long) Math.floor(max / step + 1e-6);
    for (long i = first; i <= last; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  /** The text beside a tick. */
  String label(double tick) {
    if (axis.range() == Range.LOGARITHMIC) {
      return grouped(tick, tick < 1 ? (int) Math.ceil(-Math.log10(tick) - 1e-9) : 0);
    }
    if (axis.unit() == Unit.PERCENT) {
      return grouped(100 * tick, digits(100 * step)) + "%";
    }
    if (max >= 10_000) {
      return tick == 0 ? "0" : grouped(tick / 1000, digits(step / 1000)) + "k";
    }
    return grouped(tick, digits(step));
  }

  private List<Double> logarithmicTicks() {
    boolean wide = max / min > 200;
    List<Double> ticks = new ArrayList<>();
    for (int power = (int) Math.floor(Math.log10(min)); Math.pow(10, power) <= max; power++) {
      for (int digit : wide ? new int[] {1} : new int[] {1, 2, 5}) {
        double tick = digit * Math.pow(10, power);
        if (tick >= min && tick <= max) {
          ticks.add(tick);
        }
      }
    }
    return ticks;
  }

  /** The smallest of 1, 2 and 5 times a power of ten that is no less than this. */
  private static double niceStep(double atLeast, Unit unit) {
    double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
    double step = 10 * power;
    for (int digit : new int[] {5, 2, 1}) {
      step = digit * power >= atLeast * (1 - 1e-9) ? digit * power : step;
    }
    return unit == Unit.WHOLE ? Math.max(1, step) : step;
  }

  private static int digits(double step) {
    return Math.max(0, (int) Math.ceil(-Math.log10(step) - 1e-9));
  }

  private static String grouped(double value, int digits) {
    String text = String.format(Locale.ROOT, "%,." + digits + "f", value == 0 ? 0.0 : value);
    return text.startsWith("-") ? "−" + text.substring(1) : text;
  }
}
