package seqmark.compute;

import java.util.HashMap;
import java.util.Map;

/**
 * Until when the memory of values outside of loops is needed. Inputs and outputs keep theirs for
 * the whole run, but for an input that is carried ({@link Graph#carry}): where possible, what
 * follows it takes its place.
 */
final class Lifetimes {
  private final Graph graph;
  private final Liveness live;
  private final Map<Value, Integer> ends = new HashMap<>();

  /** Views and parts prolong the life of what they look at or lie in. */
  Lifetimes(Graph graph, Columns columns) {
    this.graph = graph;
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
   * -1 if nobody does, the number of nodes for what is there for the whole run.
   */
  int end(Value v) {
    return v.kind() == Value.Kind.INPUT && !writtenOver(v)
        ? live.nodes().size()
        : Math.max(ends.getOrDefault(v, -1), live.lastUse(v));
  }

  /** Whether the only op that reads an input writes in its place what the next run finds there. */
  private boolean writtenOver(Value input) {
    Value next = graph.carried().get(input);
    if (next == null || next.node() == null || graph.outputs().contains(input)) {
      return false;
    }
    Node n = next.node();
    int operand = n.inPlace(next.index());
    return operand >= 0 && n.in(operand) == input && live.isReadOnce(input);
  }
}
