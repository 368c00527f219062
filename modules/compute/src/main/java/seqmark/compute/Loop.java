package seqmark.compute;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import seqmark.compute.op.Shapes;

/**
 * A recurrence over time: a body traced once and run for every step.
 *
 * <pre>{@code
 * Loop loop = g.loop("decoder", T);
 * Value h = loop.carry(h0);                       // [B, H], from step to step
 * Value x = loop.slice(inputs);                   // [B, E], step t of [T, B, E]
 * Value next = tanh(dense(h, u, x));              // the body: any ops
 * loop.next(h, next);
 * loop.close();
 * Value all = loop.stack(next);                   // [T, B, H]
 * Value last = loop.last(h);                      // [B, H]
 * }</pre>
 *
 * <p>Values from outside may be used freely in the body. A loop inside a loop is not supported.
 */
public final class Loop {
  /**
   * A value handed from step to step.
   *
   * @param first its value before the first step
   * @param in what the body reads
   * @param next what the body leaves for the next step
   */
  public record Carry(Value first, Value in, Value next) {}

  private final Graph graph;
  private final String name;
  private final int steps;
  private final boolean reverse;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<Value, Carry> carries = new LinkedHashMap<>();
  private final Map<Value, Value> slices = new LinkedHashMap<>();
  private final Map<Value, Value> sliceSources = new LinkedHashMap<>();
  private final Map<Value, Value> stacked = new LinkedHashMap<>();
  private final Map<Value, Value> lasts = new LinkedHashMap<>();
  private Node scan;

  Loop(Graph graph, String name, int steps, boolean reverse) {
    if (steps < 1) {
      throw new IllegalArgumentException(
          "loop " + name + ": needs at least one step, found " + steps);
    }
    this.graph = graph;
    this.name = name;
    this.steps = steps;
    this.reverse = reverse;
  }

  /** A value that starts as {@code first} and that {@link #next} replaces at the end of a step. */
  public Value carry(Value first) {
    Graph.outside(first);
    Value in = inner(Value.Kind.CARRY, name + ".carry" + carries.size(), first.shape());
    carries.put(in, new Carry(first, in, null));
    return in;
  }

  /** Step {@code t} of a tensor whose first axis is time. */
  public Value slice(Value source) {
    Graph.outside(source);
    if (source.shape().rank() == 0 || source.shape().dim(0) != steps) {
      throw new ShapeException(
          "loop " + name + ": slices " + source + ", expected a first axis of " + steps);
    }
    return slices.computeIfAbsent(
        source,
        s -> {
          Shape shape = s.shape().axes(1, s.shape().rank());
          Value in = inner(Value.Kind.SLICE, s.name() + "[t]", shape);
          sliceSources.put(in, s);
          return in;
        });
  }

  private Value inner(Value.Kind kind, String valueName, Shape shape) {
    return new Value(graph, this, kind, valueName, shape, null, 0);
  }

  /** Says what a carry becomes at the end of a step. */
  public void next(Value carry, Value value) {
    Carry known = carries.get(carry);
    if (known == null) {
      throw new IllegalArgumentException("loop " + name + ": " + carry + " is not its carry");
    }
    if (!carry.shape().equals(value.shape())) {
      throw new ShapeException(
          "loop " + name + ": carry " + carry + " would become " + value + ", another shape");
    }
    boolean taken = carries.values().stream().anyMatch(c -> c.next() == value);
    Value fresh = isComputedHere(value) && !taken ? value : copy(value);
    carries.put(carry, new Carry(known.first(), carry, fresh));
  }

  /** Ends the body. */
  public void close() {
    for (Carry c : carries.values()) {
      if (c.next() == null) {
        throw new IllegalStateException("loop " + name + ": no next value for " + c.in());
      }
    }
    Set<Value> in = new LinkedHashSet<>();
    carries.values().forEach(c -> in.add(c.first()));
    in.addAll(slices.keySet());
    for (Node n : nodes) {
      n.in().stream().filter(v -> v.loop() == null).forEach(in::add);
    }
    scan = graph.emitIn(null, new Scan(this), in.toArray(Value[]::new));
  }

  /** A value of the body at every step, with time as the first axis: {@code [T, ...]}. */
  public Value stack(Value value) {
    requireClosed();
    if (value.kind() == Value.Kind.SLICE && value.loop() == this) {
      return sliceSources.get(value);
    }
    Value own = value.loop() == this && !isView(value) ? value : copy(value);
    return stacked.computeIfAbsent(
        own, v -> graph.loopResult(scan, v.name() + "[:]", v.shape().prepend(steps)));
  }

  /** A carry after the last step. */
  public Value last(Value carry) {
    requireClosed();
    return lasts.computeIfAbsent(
        carries.get(carry).in(), c -> graph.loopResult(scan, c.name() + ".last", c.shape()));
  }

  private Value copy(Value value) {
    return graph.emitIn(this, new Shapes.Copy(), value).out(0);
  }

  private boolean isComputedHere(Value v) {
    return v.loop() == this && v.kind() == Value.Kind.RESULT && !isView(v);
  }

  private static boolean isView(Value v) {
    return v.node() != null && v.node().op().viewOffset(v.node()) >= 0;
  }

  void requireOpen(Op op) {
    if (scan != null) {
      throw new IllegalStateException(
          op.name() + ": loop " + name + " is closed: take values out with stack or last");
    }
  }

  private void requireClosed() {
    if (scan == null) {
      throw new IllegalStateException("loop " + name + ": close it before taking values out");
    }
  }

  /** The graph around the loop. */
  public Graph graph() {
    return graph;
  }

  /** The name given by the model. */
  public String name() {
    return name;
  }

  /** The number of steps. */
  public int steps() {
    return steps;
  }

  /** Whether time runs from the last step to the first. */
  public boolean reverse() {
    return reverse;
  }

  /** The body in execution order. */
  public List<Node> nodes() {
    return Collections.unmodifiableList(nodes);
  }

  List<Node> mutableNodes() {
    return nodes;
  }

  /** The node of the graph that stands for the loop. */
  public Node scan() {
    return scan;
  }

  /** The carries in the order of creation. */
  public List<Carry> carries() {
    return List.copyOf(carries.values());
  }

  /** The outer tensors that are sliced, with their slices. */
  public Map<Value, Value> slices() {
    return Collections.unmodifiableMap(slices);
  }

  /** The outer tensor behind a slice. */
  public Value source(Value slice) {
    return sliceSources.get(slice);
  }

  /** Body values kept at every step, with the outer value that holds all steps. */
  public Map<Value, Value> stacked() {
    return Collections.unmodifiableMap(stacked);
  }

  /** Carries whose last value is used outside, with that outer value. */
  public Map<Value, Value> lasts() {
    return Collections.unmodifiableMap(lasts);
  }
}
