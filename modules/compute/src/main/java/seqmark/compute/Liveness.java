package seqmark.compute;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which nodes have to run: those that an output or an update depends on.
 *
 * <p>Also knows, for every value outside of loops, the position of its last use.
 */
public final class Liveness {
  private final Set<Value> needed = new HashSet<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Map<Loop, List<Node>> bodies = new HashMap<>();
  private final Map<Value, Integer> lastUse = new HashMap<>();

  /** Looks through a graph. */
  public Liveness(Graph graph) {
    needed.addAll(graph.outputs());
    for (Node n : graph.nodes().reversed()) {
      if (n.op() instanceof Scan scan) {
        if (n.out().stream().anyMatch(needed::contains)) {
          nodes.addFirst(n);
          keepBody(scan.loop());
        }
      } else if (keeps(n)) {
        nodes.addFirst(n);
      }
    }
    for (int i = 0; i < nodes.size(); i++) {
      for (Value v : operands(nodes.get(i))) {
        lastUse.put(v, i);
      }
    }
    graph.outputs().forEach(v -> lastUse.put(v, nodes.size()));
  }

  private boolean keeps(Node n) {
    boolean live = n.out().stream().anyMatch(needed::contains);
    for (int i = 0; i < n.in().size(); i++) {
      live |= n.op().writes(i);
    }
    if (live) {
      needed.addAll(n.in());
    }
    return live;
  }

  private void keepBody(Loop loop) {
    for (Loop.Carry c : loop.carries()) {
      needed.add(c.first());
      needed.add(c.in());
      needed.add(c.next());
    }
    loop.stacked()
        .forEach((inner, all) -> {
          if (needed.contains(all)) {
            needed.add(inner);
          }
        });
    List<Node> body = new ArrayList<>();
    for (Node n : loop.nodes().reversed()) {
      if (keeps(n)) {
        body.addFirst(n);
      }
    }
    bodies.put(loop, body);
    loop.slices()
        .forEach((source, slice) -> {
          if (needed.contains(slice)) {
            needed.add(source);
          }
        });
  }

  /** The nodes outside of loops that have to run, in order. */
  public List<Node> nodes() {
    return nodes;
  }

  /** The nodes of a loop's body that have to run, in order. */
  public List<Node> body(Loop loop) {
    return bodies.get(loop);
  }

  /** Whether a node has to run. */
  boolean runs(Node n) {
    return nodes.contains(n) || bodies.values().stream().anyMatch(b -> b.contains(n));
  }

  /** What they cost. */
  Cost cost() {
    return nodes.stream().map(this::cost).reduce(Cost.ZERO, Cost::plus);
  }

  /** What a node costs that runs: a loop, what its body does. */
  Cost cost(Node n) {
    return n.op() instanceof Scan scan
        ? Cost.of(body(scan.loop())).times(scan.loop().steps())
        : n.op().cost(n);
  }

  /** Whether anybody reads this value. */
  public boolean needs(Value v) {
    return needed.contains(v);
  }

  /** The operands of a node that are read when it runs. */
  public List<Value> operands(Node n) {
    return n.in().stream().filter(needed::contains).toList();
  }

  /** Whether one operand of one node is all that reads this value where it belongs. */
  boolean isReadOnce(Value v) {
    List<Node> readers = v.loop() == null ? nodes : bodies.get(v.loop());
    return readers.stream().flatMap(n -> n.in().stream()).filter(x -> x == v).count() == 1;
  }

  /** The index in {@link #nodes} of the last reader; {@code nodes().size()} for outputs. */
  public int lastUse(Value v) {
    return lastUse.getOrDefault(v, -1);
  }

  /**
   * The number of batch rows by which a loop may be split without barriers, or 1 when some op of
   * its body mixes rows.
   */
  public int splittableRows(Loop loop) {
    if (loop.carries().isEmpty()) {
      return 1;
    }
    Shape first = loop.carries().getFirst().in().shape();
    int rows = first.rank() == 0 ? 1 : first.dim(0);
    for (Loop.Carry c : loop.carries()) {
      if (c.in().shape().rank() == 0 || c.in().shape().dim(0) != rows) {
        return 1;
      }
    }
    for (Node n : body(loop)) {
      for (Value out : n.out()) {
        if (out.shape().rank() == 0 || out.shape().dim(0) != rows) {
          return 1;
        }
      }
      for (int i = 0; i < n.in().size(); i++) {
        boolean varies = n.in(i).loop() != null && n.in(i).kind() != Value.Kind.SLICE;
        if (varies && !n.op().rowWise(n, i)) {
          return 1;
        }
      }
    }
    return rows;
  }
}
