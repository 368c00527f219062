package seqmark.compute;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Runs graphs in float64 with each op's plainest code: slow, and the truth that other backends are
 * tested with. Uses no memory plan, so that a wrong plan cannot hide.
 */
public final class Reference implements Backend {
  /** For ServiceLoader. */
  public Reference() {}

  @Override
  public String name() {
    return "reference";
  }

  @Override
  public Session open(long seed, int threads) {
    return new ReferenceSession(seed);
  }

  /**
   * Runs a graph once, in float64 from end to end.
   *
   * @param given the inputs and persistent values, row-major; update ops change them in place
   * @return every value outside of loops that was computed
   */
  public static Map<Value, double[]> evaluate(Graph graph, Map<Value, double[]> given) {
    ReferenceProgram program = new ReferenceProgram(graph, Map.of());
    program.values.putAll(given);
    program.run();
    return program.values;
  }

  /**
   * Looks for the first node whose result is NaN or infinite although its operands are not.
   *
   * @param given the inputs and persistent values, row-major; update ops change them in place
   * @return the node with the line of model code that made it, or empty if all is finite in float64
   */
  public static Optional<Node> firstNonFinite(Graph graph, Map<Value, double[]> given) {
    Node[] first = new Node[1];
    ReferenceProgram program = new ReferenceProgram(graph, Map.of());
    program.values.putAll(given);
    program.observer =
        (node, out) -> {
          if (first[0] == null && !allFinite(out)) {
            first[0] = node;
          }
        };
    program.run();
    return Optional.ofNullable(first[0]);
  }

  private static boolean allFinite(double[][] arrays) {
    return Arrays.stream(arrays).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite);
  }

  private static final class ReferenceSession implements Session {
    private final long seed;
    private final Map<String, Shape> shapes = new LinkedHashMap<>();
    private final Map<String, double[]> values = new HashMap<>();

    ReferenceSession(long seed) {
      this.seed = seed;
    }

    @Override
    public Program compile(Graph graph) {
      graph
          .persistent()
          .forEach((name, v) -> {
            if (!values.containsKey(name)) {
              write(name, v.shape(), graph.initial(name, seed));
            }
            requireShape(name, v.shape());
          });
      return new ReferenceProgram(graph, values);
    }

    @Override
    public Map<String, Shape> persistent() {
      return Collections.unmodifiableMap(shapes);
    }

    @Override
    public float[] read(String name) {
      return toFloats(values.get(name), new float[shapes.get(name).size()]);
    }

    @Override
    public void write(String name, Shape shape, float[] data) {
      if (shapes.putIfAbsent(name, shape) != null) {
        requireShape(name, shape);
      }
      double[] wide = values.computeIfAbsent(name, n -> new double[shape.size()]);
      for (int i = 0; i < wide.length; i++) {
        wide[i] = data[i];
      }
    }

    private void requireShape(String name, Shape shape) {
      if (!shapes.get(name).equals(shape)) {
        throw new ShapeException(
            "session: " + name + " has shape " + shapes.get(name) + ", found " + shape);
      }
    }

    @Override
    public void close() {
      values.clear();
    }
  }

  private static final class ReferenceProgram implements Program {
    private final Liveness live;
    private final Map<Value, double[]> values = new HashMap<>();
    private BiConsumer<Node, double[][]> observer = (node, out) -> {};

    ReferenceProgram(Graph graph, Map<String, double[]> persistent) {
      live = new Liveness(graph);
      graph.persistent().forEach((name, v) -> values.put(v, persistent.get(name)));
      graph.inputs().forEach(v -> values.put(v, new double[v.shape().size()]));
    }

    @Override
    public void write(Value input, float[] data) {
      double[] wide = values.get(input);
      for (int i = 0; i < wide.length; i++) {
        wide[i] = data[i];
      }
    }

    @Override
    public void run() {
      live.nodes().forEach(this::execute);
    }

    @Override
    public void read(Value output, float[] data) {
      toFloats(values.get(output), data);
    }

    @Override
    public long arenaBytes() {
      return values.values().stream().mapToLong(a -> (long) a.length * Double.BYTES).sum();
    }

    private void execute(Node n) {
      if (n.op() instanceof Scan scan) {
        execute(scan.loop());
        return;
      }
      double[][] in = n.in().stream().map(values::get).toArray(double[][]::new);
      double[][] out = new double[n.out().size()][];
      for (int i = 0; i < out.length; i++) {
        out[i] = new double[n.out(i).shape().size()];
        values.put(n.out(i), out[i]);
      }
      n.op().reference(n, in, out);
      observer.accept(n, out);
    }

    private void execute(Loop loop) {
      loop.stacked().values().forEach(all -> values.put(all, new double[all.shape().size()]));
      loop.carries().forEach(c -> values.put(c.in(), values.get(c.first())));
      for (int i = 0; i < loop.steps(); i++) {
        step(loop, loop.reverse() ? loop.steps() - 1 - i : i);
      }
      loop.lasts().forEach((carry, last) -> values.put(last, values.get(carry)));
    }

    private void step(Loop loop, int t) {
      loop.slices()
          .forEach((source, slice) -> {
            double[] part = new double[slice.shape().size()];
            if (live.needs(slice)) {
              System.arraycopy(values.get(source), t * part.length, part, 0, part.length);
            }
            values.put(slice, part);
          });
      live.body(loop).forEach(this::execute);
      loop.stacked()
          .forEach((inner, all) -> {
            if (live.needs(all)) {
              double[] part = values.get(inner);
              System.arraycopy(part, 0, values.get(all), t * part.length, part.length);
            }
          });
      List<double[]> next = loop.carries().stream().map(c -> values.get(c.next())).toList();
      for (int i = 0; i < next.size(); i++) {
        values.put(loop.carries().get(i).in(), next.get(i));
      }
    }
  }

  private static float[] toFloats(double[] wide, float[] data) {
    for (int i = 0; i < wide.length; i++) {
      data[i] = (float) wide[i];
    }
    return data;
  }
}
