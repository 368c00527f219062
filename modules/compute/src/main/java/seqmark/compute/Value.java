package seqmark.compute;

/**
 * A symbolic tensor: a name and a shape, without data until a backend runs the graph.
 *
 * <p>Elements are float32. Token ids are stored as whole numbers in float32, exact up to 2^24.
 */
public final class Value {
  /** Where a value comes from. */
  public enum Kind {
    /** Filled by the caller before each run. */
    INPUT,
    /** Trainable and persistent: lives in the session, shared by name among graphs. */
    PARAMETER,
    /** Persistent but not trained: optimizer moments, tables that are filled once. */
    STATE,
    /** What a loop carries into a step from the step before. */
    CARRY,
    /** Element {@code t} of a tensor stacked over the steps of a loop. */
    SLICE,
    /** Computed by a node. */
    RESULT
  }

  private final Graph graph;
  private final Loop loop;
  private final Kind kind;
  private final Shape shape;
  private final Node node;
  private final int index;
  private String name;

  Value(Graph graph, Loop loop, Kind kind, String name, Shape shape, Node node, int index) {
    this.graph = graph;
    this.loop = loop;
    this.kind = kind;
    this.name = name;
    this.shape = shape;
    this.node = node;
    this.index = index;
  }

  /** The graph that this value belongs to. */
  public Graph graph() {
    return graph;
  }

  /** The loop in whose body this value lives, or null outside of loops. */
  public Loop loop() {
    return loop;
  }

  /** Where this value comes from. */
  public Kind kind() {
    return kind;
  }

  /** The extents. */
  public Shape shape() {
    return shape;
  }

  /** The node that computes this value, or null when {@link #kind} is not {@code RESULT}. */
  public Node node() {
    return node;
  }

  /** Which output of {@link #node} this is. */
  public int index() {
    return index;
  }

  /** The name, unique enough to be found in a printed graph. */
  public String name() {
    return name;
  }

  /** Gives this value a name that a reader of the printed graph understands; returns this. */
  public Value named(String newName) {
    this.name = newName;
    return this;
  }

  /** Whether the value outlives a step: parameters and optimizer state. */
  public boolean isPersistent() {
    return kind == Kind.PARAMETER || kind == Kind.STATE;
  }

  @Override
  public String toString() {
    return name + " " + shape;
  }
}
