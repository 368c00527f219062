package seqmark.compute;

import java.util.Map;
import java.util.TreeMap;

/** Hands out ranges of one array of floats, best fit first, and takes them back. */
final class Arena {
  private static final int ALIGNMENT = 16;

  private final TreeMap<Integer, Integer> free = new TreeMap<>();
  private int top;

  /** The start of a free range of at least {@code floats}. */
  int take(int floats) {
    int size = aligned(floats);
    Map.Entry<Integer, Integer> best = null;
    for (Map.Entry<Integer, Integer> range : free.entrySet()) {
      if (range.getValue() >= size && (best == null || range.getValue() < best.getValue())) {
        best = range;
      }
    }
    if (best == null) {
      int base = top;
      top = Math.addExact(top, size);
      return base;
    }
    int base = best.getKey();
    int left = best.getValue() - size;
    free.remove(base);
    if (left > 0) {
      free.put(base + size, left);
    }
    return base;
  }

  /** Gives a range back that {@link #take} handed out for the same number of floats. */
  void giveBack(int base, int floats) {
    int start = base;
    int size = aligned(floats);
    Map.Entry<Integer, Integer> before = free.lowerEntry(start);
    if (before != null && before.getKey() + before.getValue() == start) {
      free.remove(before.getKey());
      start = before.getKey();
      size += before.getValue();
    }
    Integer after = free.remove(start + size);
    free.put(start, after == null ? size : size + after);
  }

  /** The largest extent so far. */
  int floats() {
    return top;
  }

  private static int aligned(int floats) {
    return Math.addExact(floats, ALIGNMENT - 1) & -ALIGNMENT;
  }
}
