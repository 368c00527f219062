package seqmark.compute;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Ranges of one array of floats, each needed for a while. Those that are never needed at the same
 * time may share their places, which are found when all ranges are known: the largest first, each
 * as low as those let it that are needed meanwhile.
 */
final class Arena {
  private static final int ALIGNMENT = 16;

  /** What is there from the beginning comes first: inputs lie side by side at the start. */
  private static final Comparator<Range> ORDER =
      Comparator.<Range>comparingInt(r -> Math.min(r.from, 0))
          .thenComparing(r -> -r.size)
          .thenComparing(r -> r.from);

  private final List<Range> ranges = new ArrayList<>();
  private int floats;

  /** Some floats in a row. */
  static final class Range {
    private final int floats;
    private final int size;
    private final int from;
    private int until;
    private int base;

    private Range(int floats, int from, int until) {
      this.floats = floats;
      this.size = Math.addExact(floats, ALIGNMENT - 1) & -ALIGNMENT;
      this.from = from;
      this.until = until;
    }

    /** How many. */
    int floats() {
      return floats;
    }

    /** When they are needed for the last time. */
    int until() {
      return until;
    }

    /** Keeps them for something else, at least until then. */
    void keep(int later) {
      until = Math.max(until, later);
    }

    /** The first of them, once {@link Arena#settle} has said where. */
    int base() {
      return base;
    }

    private boolean meets(Range other) {
      return from <= other.until && other.from <= until;
    }
  }

  /** Floats that are needed from one time until another, both included; -1 is the beginning. */
  Range take(int count, int from, int until) {
    Range range = new Range(count, from, Math.max(from, until));
    ranges.add(range);
    return range;
  }

  /** Gives every range its place. */
  void settle() {
    ranges.sort(ORDER);
    List<Range> placed = new ArrayList<>();
    for (Range r : ranges) {
      r.base = lowest(r, placed);
      floats = Math.max(floats, Math.addExact(r.base, r.size));
      int at = Collections.binarySearch(placed, r, Comparator.comparingInt(Range::base));
      placed.add(at < 0 ? ~at : at, r);
    }
  }

  /** The lowest place for a range, between others in the order of theirs. */
  private static int lowest(Range r, List<Range> placed) {
    int free = 0;
    for (Range other : placed) {
      if (other.meets(r)) {
        if (other.base - free >= r.size) {
          return free;
        }
        free = Math.max(free, other.base + other.size);
      }
    }
    return free;
  }

  /** The extent of all ranges together. */
  int floats() {
    return floats;
  }
}
