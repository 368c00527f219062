package seqmark.compute;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import seqmark.compute.op.Shapes;

/**
 * A computation: inputs, persistent values and a list of nodes in execution order.
 *
 * <p>Model code runs once against symbolic values ({@link Ops} applies ops to them) and leaves a
 * graph; a {@link Backend} replays it. A node is placed in the innermost loop that one of its
 * operands belongs to, so whatever does not change within a loop is computed once, outside of it.
 */
public final class Graph {
  private static final StackWalker WALKER = StackWalker.getInstance();

  private final boolean training;
  private final List<Node> nodes = new ArrayList<>();
  private final List<Value> inputs = new ArrayList<>();
  private final Map<String, Value> persistent = new LinkedHashMap<>();
  private final Map<String, Init> inits = new LinkedHashMap<>();
  private final Set<Value> outputs = new LinkedHashSet<>();
  private final Map<Value, Value> carried = new LinkedHashMap<>();
  private Value randomKey;
  private int nodeCount;
  private int saltCount;

  /**
   * An empty graph.
   *
   * @param training whether dropout is on
   */
  public Graph(boolean training) {
    this.training = training;
  }

  /** Whether dropout is on. */
  public boolean training() {
    return training;
  }

  /** A value that the caller fills before each run. */
  public Value input(String name, int... shape) {
    Value v = new Value(this, null, Value.Kind.INPUT, name, Shape.of(shape), null, 0);
    inputs.add(v);
    return v;
  }

  /**
   * A trainable value. Asking again for the same name gives the same value.
   *
   * @throws ShapeException if it exists with another shape
   */
  public Value parameter(String name, Init init, int... shape) {
    return persistent(Value.Kind.PARAMETER, name, init, Shape.of(shape));
  }

  /** A persistent value that starts at zero and that only update ops change. */
  public Value state(String name, Shape shape) {
    return persistent(Value.Kind.STATE, name, Init.constant(0), shape);
  }

  /**
   * A persistent table that is filled once and never trained, for instance of sinusoids. Asking
   * again for the same name gives the same value.
   *
   * @throws ShapeException if it exists with another shape
   */
  public Value constant(String name, Init init, int... shape) {
    return persistent(Value.Kind.STATE, name, init, Shape.of(shape));
  }

  private Value persistent(Value.Kind kind, String name, Init init, Shape shape) {
    Value known = persistent.get(name);
    if (known == null) {
      known = new Value(this, null, kind, name, shape, null, 0);
      persistent.put(name, known);
      inits.put(name, init);
    } else if (!known.shape().equals(shape)) {
      throw new ShapeException(name + ": used with shape " + shape + " and with " + known.shape());
    }
    return known;
  }

  /**
   * The key of this step's random numbers, an input of shape [2]: the caller fills it with two
   * whole numbers below 2^24 that it derives from seed and step.
   */
  public Value randomKey() {
    if (randomKey == null) {
      randomKey = input("random", 2);
    }
    return randomKey;
  }

  /** A number that tells the random draws of this graph apart. */
  int nextSalt() {
    return saltCount++;
  }

  /** Whether any node draws random numbers. */
  public boolean usesRandom() {
    return randomKey != null;
  }

  /** Opens a loop over {@code steps} steps, forwards in time. */
  public Loop loop(String name, int steps) {
    return new Loop(this, name, steps, false);
  }

  /** Opens a loop that runs from step {@code steps - 1} down to 0. */
  public Loop reverseLoop(String name, int steps) {
    return new Loop(this, name, steps, true);
  }

  /** Keeps a value readable after the run; returns it. */
  public Value output(Value value) {
    outputs.add(outside(value));
    return value;
  }

  /**
   * Keeps a value readable after the run, of which the caller makes an input of the next run
   * ({@link Program#feed}). The input then counts as given away: without being fed or written again
   * it may hold anything in the next run, so that an op can write the one over the other.
   *
   * @return the output to read and to feed
   */
  public Value carry(Value input, Value next) {
    if (!inputs.contains(input) || !input.shape().equals(next.shape())) {
      throw new IllegalArgumentException(
          "carry: expected an input like " + next + ", found " + input);
    }
    if (carried.containsKey(input)) {
      throw new IllegalArgumentException(
          "carry: " + input + " is fed with " + carried.get(input) + " already, not with " + next);
    }
    // What looks at an input would change with it, before it has been fed to another one.
    Value apart = next != input && looksAtInput(next) ? emitOne(new Shapes.Copy(), next) : next;
    carried.put(input, apart);
    return output(apart);
  }

  private static boolean looksAtInput(Value v) {
    Value seen = v;
    while (seen.node() != null && seen.node().op().viewOffset(seen.node()) >= 0) {
      seen = seen.node().in(0);
    }
    return seen.kind() == Value.Kind.INPUT;
  }

  /** The outputs that inputs are fed with for the next run. */
  public Map<Value, Value> carried() {
    return Collections.unmodifiableMap(carried);
  }

  /** The nodes outside of loops in execution order; loops are nodes with a {@link Scan}. */
  public List<Node> nodes() {
    return Collections.unmodifiableList(nodes);
  }

  /** The inputs in the order of creation. */
  public List<Value> inputs() {
    return Collections.unmodifiableList(inputs);
  }

  /** The trainable values in the order of creation. */
  public List<Value> parameters() {
    return persistent.values().stream().filter(v -> v.kind() == Value.Kind.PARAMETER).toList();
  }

  /** Parameters and state by name in the order of creation. */
  public Map<String, Value> persistent() {
    return Collections.unmodifiableMap(persistent);
  }

  /** The first values of a persistent value in a session of this seed. */
  public float[] initial(String name, long seed) {
    float[] values = new float[persistent.get(name).shape().size()];
    inits.get(name).fill(values, CounterRandom.seeded(seed).fork(name));
    return values;
  }

  /** The values that stay readable after a run. */
  public Set<Value> outputs() {
    return Collections.unmodifiableSet(outputs);
  }

  /** The number of trainable numbers. */
  public long parameterCount() {
    return parameters().stream().mapToLong(v -> v.shape().size()).sum();
  }

  /** The cost of one run: of all that an output or an update depends on, loops included. */
  public Cost cost() {
    return new Liveness(this).cost();
  }

  /** Applies an op with one result. */
  static Value emitOne(Op op, Value... in) {
    return emit(op, in).out(0);
  }

  /** Applies an op to at least one operand, in the innermost loop that an operand belongs to. */
  static Node emit(Op op, Value... in) {
    Loop loop = null;
    for (Value v : in) {
      if (v.graph() != in[0].graph()) {
        throw new IllegalArgumentException(
            op.name() + ": operands of two graphs: " + in[0] + " and " + v);
      }
      if (v.loop() != null) {
        if (loop != null && loop != v.loop()) {
          throw new IllegalArgumentException(
              op.name() + ": operands of two loops: " + Arrays.toString(in));
        }
        loop = v.loop();
      }
    }
    if (loop != null) {
      loop.requireOpen(op);
    }
    return in[0].graph().emitIn(loop, op, in);
  }

  /** Applies an op without operands, or in a given loop. */
  Node emitIn(Loop loop, Op op, Value... in) {
    List<Shape> shapes = new ArrayList<>();
    for (Value v : in) {
      shapes.add(v.shape());
    }
    Node node = new Node(op, op.name() + "#" + nodeCount++, origin(), List.of(in));
    List<Shape> results = op.infer(shapes);
    for (int i = 0; i < results.size(); i++) {
      String name = results.size() == 1 ? node.name() : node.name() + "." + i;
      node.addOutput(new Value(this, loop, Value.Kind.RESULT, name, results.get(i), node, i));
    }
    (loop == null ? nodes : loop.mutableNodes()).add(node);
    return node;
  }

  /** A result that a loop hands to the outside. */
  Value loopResult(Node scan, String name, Shape shape) {
    Value v = new Value(this, null, Value.Kind.RESULT, name, shape, scan, scan.out().size());
    scan.addOutput(v);
    return v;
  }

  static Value outside(Value v) {
    if (v.loop() != null) {
      throw new IllegalArgumentException(
          v + " lives in loop " + v.loop().name() + ": take it out with stack or last");
    }
    return v;
  }

  private static String origin() {
    return WALKER.walk(frames ->
        frames
            .filter(Graph::isModelCode)
            .findFirst()
            .map(f -> f.getFileName() + ":" + f.getLineNumber())
            .orElse("engine"));
  }

  private static boolean isModelCode(StackWalker.StackFrame frame) {
    String name = frame.getClassName();
    return !name.startsWith("seqmark.compute.") && !name.startsWith("java.");
  }

  /** The whole graph, a line per node: name, operands, results with shapes, cost, model line. */
  public String print() {
    return GraphPrinter.print(this);
  }
}
