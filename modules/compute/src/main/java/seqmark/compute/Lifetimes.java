package seqmark.compute;

import java.util.HashMap;
import java.util.Map;

/** Until when the memory of values outside of loops is needed. */
final class Lifetimes {
  private final Liveness live;
  private final Map<Value, Integer> ends = new HashMap<>();

  /** Views and parts prolong the life of what they look at or lie in. */
  Lifetimes(Columns columns) {
    live = columns.live();
    for (Node n : live.nodes().reversed()) {
      for (Value out : n.out()) {
        ends.merge(out, live.lastUse(out), Math::max);
        if (n.op().viewOffset(n) >= 0 || columns.looksOnly(n)) {
          ends.merge(n.in(0), ends.get(out), Math::max);
        }
      }
    }
    columns.parts().forEach(v -> ends.merge(columns.of(v).whole(), end(v), Math::max));
  }

  /**
   * The index among the nodes that run of the last that reads a value or something in its memory;
   * -1 if nobody does, the number of nodes for outputs.
   */
  int end(Value v) {
    return Math.max(ends.getOrDefault(v, -1), live.lastUse(v));
  }
}
