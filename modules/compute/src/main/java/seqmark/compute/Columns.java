package seqmark.compute;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import seqmark.compute.op.Shapes;
import seqmark.compute.op.Unfolding;

/**
 * Which values lie in the rows of a wider one, so that nothing has to be moved: slices of the last
 * axis, and what is put side by side there. Their rows are as far apart as those of the wider one,
 * and only where all who read or write them can do with that. An unfolding lies in what it unfolds,
 * in rows that overlap, if those who read it can do with that.
 *
 * <p>Only values outside of loops that are no outputs of the graph.
 */
public final class Columns {
  /** Which nodes can do with rows that are further apart than they are wide. */
  public interface Reach {
    /** Nobody. */
    Reach NONE =
        new Reach() {
          @Override
          public boolean reads(Node n, int operand) {
            return false;
          }

          @Override
          public boolean writes(Node n, int result) {
            return false;
          }
        };

    /** Whether a node can so read one of its operands. */
    boolean reads(Node n, int operand);

    /** Whether a node can so write one of its results. */
    boolean writes(Node n, int result);

    /**
     * Whether a node can read an operand whose rows overlap: those of an unfolding, where what it
     * unfolds lies. What a row has beyond the ends of its sequence must be taken for zeros.
     */
    default boolean readsWindows(Node n, int operand) {
      return false;
    }
  }

  private record Use(Node node, int operand) {}

  /**
   * Where a value lies.
   *
   * @param whole the widest value around it, which lies in no other
   * @param from the first of its columns there; below 0 if rows overlap and begin before
   */
  public record Range(Value whole, int from) {}

  private final Liveness live;
  private final Reach reach;
  private final Set<Value> outputs;
  private final Map<Value, List<Use>> uses = new HashMap<>();
  private final Map<Value, Range> ranges = new LinkedHashMap<>();

  /** Looks through a graph. */
  public Columns(Graph graph, Reach reach) {
    this.live = new Liveness(graph);
    this.reach = reach;
    outputs = Set.copyOf(graph.outputs());
    for (Node n : live.nodes()) {
      for (int i = 0; i < n.in().size(); i++) {
        uses.computeIfAbsent(n.in(i), v -> new ArrayList<>()).add(new Use(n, i));
      }
    }
    // The last first: parts of several wholes lie in the last, where they may be side by side too.
    live.nodes().reversed().stream().filter(Columns::joins).forEach(this::join);
    live.nodes().stream().filter(Columns::cuts).forEach(this::cut);
    live.nodes().stream().filter(Columns::unfoldsWithoutGaps).forEach(this::overlap);
  }

  /** What has to run. */
  Liveness live() {
    return live;
  }

  /** Where a value lies in a wider one, or null. */
  public Range of(Value v) {
    Value base = base(v);
    Range r = ranges.get(base);
    Range wider = r == null ? null : of(r.whole);
    return wider == null ? r : new Range(wider.whole, wider.from + r.from);
  }

  /** How many floats from one row of a value to the next. */
  public int distance(Value v) {
    Range r = of(v);
    Shape shape = r == null ? v.shape() : r.whole.shape();
    return shape.rank() == 0 ? 1 : shape.dim(-1);
  }

  /** Whether an operand of a concat lies where the concat would put it. */
  public boolean isThere(Node concat, int operand) {
    Value out = concat.out(0);
    Range part = of(concat.in(operand));
    Range all = of(out);
    return part != null
        && part.equals(within(all == null ? new Range(out, 0) : all, concat, operand));
  }

  private static Range within(Range out, Node concat, int operand) {
    int from = out.from;
    for (Value v : concat.in().subList(0, operand)) {
      from += v.shape().dim(-1);
    }
    return new Range(out.whole, from);
  }

  /** Whether a value is an unfolding that is not carried out: its rows overlap. */
  public boolean overlaps(Value v) {
    return v.node() != null && unfoldsWithoutGaps(v.node()) && looksOnly(v.node());
  }

  /** Whether a node is a slice or an unfolding that only looks at its operand. */
  boolean looksOnly(Node n) {
    Range r = cuts(n) || unfoldsWithoutGaps(n) ? ranges.get(n.out(0)) : null;
    return r != null && r.whole == n.in(0);
  }

  /** Whether there is nothing to do for a slice, a concat or an unfolding. */
  boolean movesNothing(Node n) {
    return looksOnly(n)
        || joins(n) && IntStream.range(0, n.in().size()).allMatch(i -> isThere(n, i));
  }

  /** Values that lie in others. */
  Set<Value> parts() {
    return ranges.keySet();
  }

  private void join(Node n) {
    Value out = n.out(0);
    Range first = of(n.in(0));
    if (first != null && fits(out) && lieSideBySide(n, first)) {
      ranges.put(out, first);
    }
    for (int i = 0; i < n.in().size(); i++) {
      Value part = base(n.in(i));
      boolean once = n.in().stream().filter(v -> base(v) == part).count() == 1;
      if (once && fits(part) && isWritten(part)) {
        ranges.put(part, within(new Range(out, 0), n, i));
      }
    }
  }

  private boolean lieSideBySide(Node concat, Range first) {
    return IntStream.range(0, concat.in().size())
        .allMatch(i -> within(first, concat, i).equals(of(concat.in(i))));
  }

  private boolean isWritten(Value v) {
    return reach.writes(v.node(), v.index());
  }

  private void cut(Node n) {
    Value x = n.in(0);
    if (x.kind() == Value.Kind.RESULT && x.loop() == null && fits(n.out(0))) {
      ranges.put(n.out(0), new Range(x, ((Shapes.Slice) n.op()).from()));
    }
  }

  private void overlap(Node n) {
    Value x = n.in(0);
    Value out = n.out(0);
    boolean isRead =
        uses.getOrDefault(out, List.of()).stream()
            .allMatch(u -> reach.readsWindows(u.node, u.operand));
    if (isRead
        && !outputs.contains(out)
        && out.loop() == null
        && !ranges.containsKey(out)
        && x.kind() == Value.Kind.RESULT
        && x.loop() == null
        && of(x) == null) {
      int before = ((Unfolding.Unfold) n.op()).kernel().before();
      ranges.put(out, new Range(x, -before * x.shape().dim(-1)));
    }
  }

  /** Whether a value lies nowhere yet, and could lie in a wider one. */
  private boolean fits(Value v) {
    return v.kind() == Value.Kind.RESULT
        && v.loop() == null
        && !(v.node().op() instanceof Scan)
        && !ranges.containsKey(v)
        && isReached(v);
  }

  private boolean isReached(Value v) {
    return !outputs.contains(v)
        && uses.getOrDefault(v, List.of()).stream()
            .allMatch(u ->
                keepsRows(u.node) && isReached(u.node.out(0)) || reach.reads(u.node, u.operand));
  }

  /** What a value shows in other extents but for the last. */
  private static Value base(Value v) {
    return v.node() != null && keepsRows(v.node()) ? base(v.node().in(0)) : v;
  }

  private static boolean keepsRows(Node n) {
    return n.op() instanceof Shapes.Reshape
        && n.in(0).shape().rank() > 0
        && n.out(0).shape().rank() > 0
        && n.in(0).shape().dim(-1) == n.out(0).shape().dim(-1);
  }

  private static boolean joins(Node n) {
    return n.op() instanceof Shapes.Concat c && isLastOfMany(c.axis(), n.out(0));
  }

  private static boolean cuts(Node n) {
    return n.op() instanceof Shapes.Slice s && isLastOfMany(s.axis(), n.out(0));
  }

  private static boolean unfoldsWithoutGaps(Node n) {
    return n.op() instanceof Unfolding.Unfold u && u.kernel().dilation() == 1;
  }

  private static boolean isLastOfMany(int axis, Value v) {
    return axis > 0 && axis == v.shape().rank() - 1;
  }
}
