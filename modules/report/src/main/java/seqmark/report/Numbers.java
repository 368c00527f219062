package seqmark.report;

import java.util.Locale;

/** Numbers as people read them: three significant digits and a unit. */
public final class Numbers {
  private static final String[] PREFIXES = {"", "k", "M", "G", "T", "P"};

  private Numbers() {}

  /** A count, for instance {@code 950}, {@code 60.0k} or {@code 1.02M}. */
  public static String count(double value) {
    int prefix = 0;
    double scaled = Math.abs(value);
    while (scaled >= 999.5 && prefix < PREFIXES.length - 1) {
      scaled /= 1000;
      prefix++;
    }
    boolean whole = prefix == 0 && scaled == Math.rint(scaled);
    String digits = whole ? fixed(scaled, 0) : significant(scaled);
    return (value < 0 ? "−" : "") + digits + PREFIXES[prefix];
  }

  /** Bytes in decimal units, for instance {@code 23.4 MB}. */
  public static String bytes(double value) {
    String count = count(value);
    int digits = count.length();
    while (digits > 0 && Character.isLetter(count.charAt(digits - 1))) {
      digits--;
    }
    return count.substring(0, digits) + " " + count.substring(digits) + "B";
  }

  /** A share as percent: one digit after the point, two near 0% and 100%, none at them. */
  public static String percent(double share) {
    double percent = 100 * share;
    boolean extreme = Math.abs(percent) < 0.995 || Math.abs(percent - 100) < 0.995;
    boolean exact = percent == 0 || percent == 100;
    return minus(fixed(percent, exact ? 0 : extreme ? 2 : 1)) + "%";
  }

  /** Seconds as {@code 8.3 s}, {@code 4 min 05 s} or {@code 1 h 12 min}. */
  public static String duration(double seconds) {
    if (seconds < 59.95) {
      return fixed(seconds, 1) + " s";
    }
    long whole = Math.round(seconds);
    if (whole < 3600) {
      return String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60);
    }
    long minutes = Math.round(seconds / 60);
    return String.format(Locale.ROOT, "%d h %02d min", minutes / 60, minutes % 60);
  }

  /** A value with a fixed number of digits after the point. */
  public static String fixed(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  /** A positive value with three significant digits, in plain notation. */
  public static String significant(double value) {
    if (value == 0) {
      return "0";
    }
    // Just below a power of ten, rounding adds a digit.
    int magnitude = (int) Math.floor(Math.log10(value * 1.0005));
    return fixed(value, Math.clamp(2 - magnitude, 0, 9));
  }

  /** The text with a real minus sign in front. */
  static String minus(String number) {
    return number.startsWith("-") ? "−" + number.substring(1) : number;
  }
}
