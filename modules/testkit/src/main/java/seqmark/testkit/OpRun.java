package seqmark.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import seqmark.compute.CounterRandom;
import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Loop;
import seqmark.compute.Ops;
import seqmark.compute.Program;
import seqmark.compute.Reference;
import seqmark.compute.Session;
import seqmark.compute.Shape;
import seqmark.compute.Value;
import seqmark.compute.op.Shapes;

/** One op in a graph of its own, on a backend and on the reference. */
final class OpRun {
  /** How the op stands in its graph. */
  enum Form {
    /** On the graph's inputs. */
    PLAIN,
    /** On values that nobody reads afterwards, so that results may take their place. */
    LAST_USE,
    /** On columns of wider values, with results that become columns of wider ones. */
    COLUMNS,
    /** In a loop, every operand another one at each step, which nobody reads afterwards. */
    SLICES,
    /** In a loop that may be split by batch rows: what mixes rows comes from outside. */
    ROWS
  }

  private static final int STEPS = 3;

  private final Graph graph = new Graph(false);
  private final OpCase oneCase;
  private final Map<Value, float[]> given = new HashMap<>();
  private final List<Value> results = new ArrayList<>();

  OpRun(OpCase oneCase, Form form) {
    this.oneCase = oneCase;
    switch (form) {
      case PLAIN, LAST_USE -> buildPlain(form == Form.LAST_USE);
      case COLUMNS -> buildColumns();
      case SLICES, ROWS -> buildLoop(form == Form.ROWS);
    }
  }

  /** Whether the op can stand in the graph that way: parameters are not updated in loops. */
  static boolean fits(OpCase c, Form form) {
    return form == Form.PLAIN || c.operands().size() > 0 && !writesAny(c);
  }

  private static boolean writesAny(OpCase c) {
    for (int i = 0; i < c.operands().size(); i++) {
      if (c.op().writes(i)) {
        return true;
      }
    }
    return false;
  }

  private void buildPlain(boolean lastUse) {
    List<Value> in = new ArrayList<>();
    for (int i = 0; i < oneCase.operands().size(); i++) {
      Value v = operand(i, oneCase.operands().get(i).shape());
      in.add(lastUse ? Ops.apply(new Shapes.Copy(), v) : v);
    }
    for (Value out : Ops.applyAll(oneCase.op(), in.toArray(Value[]::new))) {
      results.add(graph.output(out));
    }
  }

  private void buildColumns() {
    List<Value> in = new ArrayList<>();
    for (int i = 0; i < oneCase.operands().size(); i++) {
      Shape shape = oneCase.operands().get(i).shape();
      int last = shape.rank() - 1;
      boolean hasRows = last > 0;
      Value wide = operand(i, hasRows ? shape.with(last, shape.dim(last) + 5) : shape);
      Value copy = Ops.apply(new Shapes.Copy(), wide);
      in.add(hasRows ? Ops.slice(copy, last, 3, 3 + shape.dim(last)) : copy);
    }
    for (Value out : Ops.applyAll(oneCase.op(), in.toArray(Value[]::new))) {
      int last = out.shape().rank() - 1;
      Value other = last > 0 ? Ops.fill(graph, 7, out.shape().with(last, 2)) : out;
      results.add(graph.output(last > 0 ? Ops.concat(last, other, out, other) : out));
    }
  }

  private void buildLoop(boolean split) {
    List<Shape> shapes = oneCase.operands().stream().map(OpCase.Operand::shape).toList();
    Shape first = oneCase.op().infer(shapes).getFirst();
    int rows = first.rank() == 0 ? 1 : first.dim(0);
    // Asked of a node outside: whether an operand may differ from step to step in a split loop.
    Graph other = new Graph(false);
    Value[] trial = shapes.stream().map(s -> other.input("x", s.toArray())).toArray(Value[]::new);
    var node = Ops.applyAll(oneCase.op(), trial).getFirst().node();

    Loop loop = graph.loop("loop", STEPS);
    Value carry = loop.carry(Ops.zeros(graph, rows));
    List<Value> in = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      boolean varies = !split || oneCase.op().rowWise(node, i);
      Value v = operand(i, varies ? shapes.get(i).prepend(STEPS) : shapes.get(i));
      Value inside = varies ? loop.slice(Ops.apply(new Shapes.Copy(), v)) : v;
      in.add(varies && split ? Ops.apply(new Shapes.Copy(), inside) : inside);
    }
    List<Value> out = Ops.applyAll(oneCase.op(), in.toArray(Value[]::new));
    loop.next(carry, Ops.affine(carry, 1, 1));
    loop.close();
    for (Value v : out) {
      results.add(graph.output(v.loop() == null ? v : loop.stack(v)));
    }
  }

  private Value operand(int i, Shape shape) {
    OpCase.Operand operand = new OpCase.Operand(shape, oneCase.operands().get(i).content());
    float[] values = operand.values(CounterRandom.seeded(i));
    String name = oneCase + "/" + i;
    Value v;
    if (oneCase.op().writes(i)) {
      v = graph.parameter(name, Init.constant(0), shape.toArray());
      results.add(v);
    } else {
      v = graph.input(name, shape.toArray());
    }
    given.put(v, values);
    return v;
  }

  /** The expected results, in float64. */
  double[][] expected() {
    Map<Value, double[]> wide = new HashMap<>();
    given.forEach((v, floats) -> wide.put(v, widened(floats)));
    Map<Value, double[]> computed = Reference.evaluate(graph, wide);
    return results.stream()
        .map(v -> v.isPersistent() ? wide.get(v) : computed.get(v))
        .toArray(double[][]::new);
  }

  private static double[] widened(float[] floats) {
    double[] wide = new double[floats.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = floats[i];
    }
    return wide;
  }

  /** The results on a backend whose step memory is full of NaN. */
  float[][] on(Session session, Runnable poison) {
    given.forEach((v, floats) -> {
      if (v.isPersistent()) {
        session.write(v.name(), v.shape(), floats);
      }
    });
    Program program = session.compile(graph);
    poison.run();
    given.forEach((v, floats) -> {
      if (!v.isPersistent()) {
        program.write(v, floats);
      }
    });
    program.run();
    return results.stream().map(v -> read(session, program, v)).toArray(float[][]::new);
  }

  private static float[] read(Session session, Program program, Value v) {
    if (v.isPersistent()) {
      return session.read(v.name());
    }
    float[] data = new float[v.shape().size()];
    Arrays.fill(data, Float.NaN);
    program.read(v, data);
    return data;
  }
}
