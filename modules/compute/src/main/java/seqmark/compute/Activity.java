package seqmark.compute;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The values that depend on a parameter: only they can carry a gradient. */
final class Activity {
  private final Set<Value> active;

  Activity(Graph graph, List<Value> parameters) {
    active = new HashSet<>(parameters);
    for (Node n : graph.nodes()) {
      if (n.op() instanceof Scan scan) {
        spreadThrough(scan.loop());
      } else {
        spread(n);
      }
    }
  }

  boolean contains(Value v) {
    return active.contains(v);
  }

  private boolean spread(Node n) {
    return n.in().stream().anyMatch(active::contains) && active.addAll(n.out());
  }

  /** A carry may become active by what the body leaves in it, so this goes round until it stays. */
  private void spreadThrough(Loop loop) {
    loop.slices().forEach((source, slice) -> spread(source, slice));
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Loop.Carry c : loop.carries()) {
        changed |= spread(c.first(), c.in()) | spread(c.next(), c.in());
      }
      for (Node n : loop.nodes()) {
        changed |= spread(n);
      }
    }
    loop.stacked().forEach(this::spread);
    loop.lasts().forEach(this::spread);
  }

  private boolean spread(Value from, Value to) {
    return active.contains(from) && active.add(to);
  }
}
