package seqmark.testkit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import seqmark.compute.CounterRandom;
import seqmark.compute.Gradients;
import seqmark.compute.Graph;
import seqmark.compute.Reference;
import seqmark.compute.Value;

/**
 * Compares the gradient of a scalar with central differences, both in float64 on the {@link
 * Reference}.
 *
 * <p>Of every parameter some elements are tried: all of a small one, evenly spread ones of a large
 * one. A difference counts as wrong above one part in 10^5, or 10^-8 where the gradient is tiny.
 */
public final class GradientCheck {
  private static final double STEP = 1e-5;
  private static final double RELATIVE = 1e-5;
  private static final double ABSOLUTE = 1e-8;

  private final Graph graph;
  private final Value loss;
  private final Map<Value, double[]> given = new HashMap<>();

  private GradientCheck(Graph graph, Value loss) {
    this.graph = graph;
    this.loss = loss;
  }

  /**
   * Checks every parameter of a graph.
   *
   * @param trace builds the scalar loss in an empty graph
   * @param inputs the values of the graph's inputs, by name
   * @param elements most elements tried per parameter
   */
  public static void check(
      Function<Graph, Value> trace, Map<String, double[]> inputs, int elements) {
    Graph g = new Graph(true);
    Value loss = g.output(trace.apply(g));
    GradientCheck check = new GradientCheck(g, loss);
    List<Value> parameters = g.parameters();
    List<Value> gradients = Gradients.of(loss, parameters);
    gradients.forEach(g::output);
    check.fill(inputs);
    Map<Value, double[]> computed = Reference.evaluate(g, check.given);
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      check.compare(parameters.get(i), computed.get(gradients.get(i)), elements, wrong);
    }
    Assertions.assertTrue(
        wrong.isEmpty(),
        () -> wrong.size() + " gradients differ:\n" + String.join("\n", wrong) + "\n" + g.print());
  }

  private void fill(Map<String, double[]> inputs) {
    for (Value v : graph.inputs()) {
      double[] values = inputs.get(v.name());
      if (values == null || values.length != v.shape().size()) {
        throw new IllegalArgumentException(
            "gradient check: no values for input " + v + " among " + inputs.keySet());
      }
      given.put(v, values);
    }
    for (Value v : graph.persistent().values()) {
      given.put(v, v.kind() == Value.Kind.PARAMETER ? random(v) : constant(v));
    }
  }

  /** Not the model's own initialisation: zeros and ones hide mistakes. */
  private static double[] random(Value parameter) {
    CounterRandom random = CounterRandom.seeded(1).fork(parameter.name());
    double[] values = new double[parameter.shape().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = 0.5 * random.normal(i);
    }
    return values;
  }

  private double[] constant(Value table) {
    float[] values = graph.initial(table.name(), 1);
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  private void compare(Value parameter, double[] gradient, int elements, List<String> wrong) {
    int stride = Math.max(1, gradient.length / elements);
    for (int i = 0; i < gradient.length; i += stride) {
      double expected = difference(given.get(parameter), i);
      double error = Math.abs(gradient[i] - expected);
      double scale = Math.max(Math.abs(gradient[i]), Math.abs(expected));
      if (!(error <= Math.max(ABSOLUTE, RELATIVE * scale))) {
        wrong.add(
            "%s, element %d: gradient %.9g, difference quotient %.9g"
                .formatted(parameter, i, gradient[i], expected));
      }
    }
  }

  private double difference(double[] values, int i) {
    double middle = values[i];
    values[i] = middle + STEP;
    double above = Reference.evaluate(graph, given).get(loss)[0];
    values[i] = middle - STEP;
    double below = Reference.evaluate(graph, given).get(loss)[0];
    values[i] = middle;
    return (above - below) / (2 * STEP);
  }
}
