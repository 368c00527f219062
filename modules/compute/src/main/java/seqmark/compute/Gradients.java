package seqmark.compute;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reverse-mode differentiation: appends the gradient's nodes to the graph. */
public final class Gradients implements GradientContext {
  private final Graph graph;
  private final Activity activity;
  private final Map<Value, Value> sums = new HashMap<>();
  private final Map<Value, Value> again = new HashMap<>();

  private Gradients(Graph graph, List<Value> parameters) {
    this.graph = graph;
    this.activity = new Activity(graph, parameters);
  }

  /**
   * The gradients of a scalar with respect to values, in their order.
   *
   * @throws ShapeException if {@code loss} is not a scalar
   * @throws IllegalArgumentException if a parameter does not influence the loss
   */
  public static List<Value> of(Value loss, List<Value> parameters) {
    if (!loss.shape().equals(Shape.SCALAR)) {
      throw new ShapeException("gradients: the loss must be a scalar [], found " + loss);
    }
    Gradients g = new Gradients(loss.graph(), parameters);
    g.sums.put(loss, Ops.fill(loss.graph(), 1, Shape.SCALAR));
    List<Node> forward = List.copyOf(loss.graph().nodes());
    for (Node n : forward.reversed()) {
      if (n.out().stream().anyMatch(g::flows)) {
        n.op().vjp(n, g);
      }
    }
    return parameters.stream().map(g::result).toList();
  }

  private Value result(Value parameter) {
    Value sum = sums.get(parameter);
    if (sum == null) {
      throw new IllegalArgumentException(
          "gradients: the loss does not depend on " + parameter + ": is it used in the model?");
    }
    return sum;
  }

  private boolean flows(Value result) {
    return activity.contains(result) && sums.containsKey(result);
  }

  Graph graph() {
    return graph;
  }

  Activity activity() {
    return activity;
  }

  @Override
  public Value of(Value forward) {
    Node n = forward.node();
    if (n == null || !n.op().isMadeAgain(n)) {
      return forward;
    }
    if (!again.containsKey(forward)) {
      again.put(forward, Graph.emitOne(n.op(), n.in().toArray(Value[]::new)));
    }
    return again.get(forward);
  }

  @Override
  public Value gradient(Value result) {
    Value sum = sums.get(result);
    return sum != null ? sum : Ops.fill(graph, 0, result.shape());
  }

  @Override
  public boolean reached(Value result) {
    return sums.containsKey(result);
  }

  @Override
  public boolean wants(Value operand) {
    return activity.contains(operand);
  }

  @Override
  public boolean hasBegun(Value operand) {
    return sums.containsKey(operand);
  }

  @Override
  public void add(Value operand, Value gradient) {
    if (wants(operand)) {
      sums.merge(operand, gradient, (sum, more) -> Ops.add(more, sum));
    }
  }

  @Override
  public void addSummed(Value operand, Op op, Value... args) {
    if (wants(operand)) {
      add(operand, Graph.emitOne(op, args));
    }
  }

  @Override
  public Value accumulator(Value operand) {
    return gradient(operand);
  }

  @Override
  public void accumulated(Value operand, Value sum) {
    if (wants(operand)) {
      sums.put(operand, sum);
    }
  }
}
