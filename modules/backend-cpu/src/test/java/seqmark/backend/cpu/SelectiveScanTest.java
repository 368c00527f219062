package seqmark.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static seqmark.compute.Ops.add;
import static seqmark.compute.Ops.affine;
import static seqmark.compute.Ops.divide;
import static seqmark.compute.Ops.exp;
import static seqmark.compute.Ops.fill;
import static seqmark.compute.Ops.multiply;
import static seqmark.compute.Ops.reshape;
import static seqmark.compute.Ops.selectiveScan;
import static seqmark.compute.Ops.softplus;
import static seqmark.compute.Ops.subtract;
import static seqmark.compute.Ops.sum;
import static seqmark.compute.Ops.sumTo;
import static seqmark.compute.Ops.transpose;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import seqmark.compute.Gradients;
import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Loop;
import seqmark.compute.Ops;
import seqmark.compute.Program;
import seqmark.compute.Session;
import seqmark.compute.Shape;
import seqmark.compute.Value;
import seqmark.compute.op.StateSpace.Discretisation;
import seqmark.testkit.AllocationCheck;

class SelectiveScanTest {
  private static final int B = 3;
  private static final int T = 37;
  private static final int D = 13;
  private static final int N = 5;

  /** The scan's operands as parameters of a graph; A is below -0.05. */
  private record Operands(Value u, Value delta, Value a, Value b, Value c, Value skip, Value h) {
    static Operands of(Graph g) {
      Init normal = Init.normal(1);
      return new Operands(
          g.parameter("u", normal, B, T, D),
          softplus(g.parameter("delta", normal, B, T, D)),
          affine(softplus(g.parameter("a", normal, N, D)), -1, -0.05),
          g.parameter("b", normal, B, T, N),
          g.parameter("c", normal, B, T, N),
          g.parameter("skip", normal, D),
          g.parameter("h", normal, B, N, D));
    }

    List<Value> fused(Discretisation d) {
      return selectiveScan(d, u, delta, a, b, c, skip, h);
    }

    /** The recurrence as anyone would write it, out of plain ops. */
    List<Value> looped(Discretisation d) {
      Loop loop = u.graph().loop("scan", T);
      Value before = loop.carry(h);
      Value x = reshape(loop.slice(transpose(u, 1, 0, 2)), B, 1, D);
      Value size = reshape(loop.slice(transpose(delta, 1, 0, 2)), B, 1, D);
      Value in = reshape(loop.slice(transpose(b, 1, 0, 2)), B, N, 1);
      Value out = reshape(loop.slice(transpose(c, 1, 0, 2)), B, N, 1);
      Value decay = exp(multiply(size, a)); // [B, N, D]
      Value gain = d == Discretisation.EULER ? size : divide(affine(decay, 1, -1), a);
      Value after = add(multiply(decay, before), multiply(multiply(gain, in), x));
      Value read = sumTo(multiply(after, out), Shape.of(B, 1, D));
      Value y = reshape(add(read, multiply(x, skip)), B, D);
      loop.next(before, after);
      loop.close();
      return List.of(transpose(loop.stack(y), 1, 0, 2), loop.last(before));
    }
  }

  /** A scalar to which every element contributes differently. */
  private static Value loss(List<Value> results) {
    Value y = results.get(0);
    Value h = results.get(1);
    Value byChannel = affine(Ops.range(y.graph(), D), 0.1, -0.4);
    return add(sum(multiply(y, multiply(y, byChannel))), sum(multiply(h, multiply(h, byChannel))));
  }

  /** Nor in the state that fills up the last pair. */
  @ParameterizedTest
  @EnumSource
  void whatIsNoNumberStaysInItsBatchRow(Discretisation d) {
    Graph g = new Graph(false);
    Operands o = Operands.of(g);
    Value factors = g.input("factors", B, 1, 1);
    Value spoiled = multiply(o.u, factors);
    Value y = g.output(selectiveScan(d, spoiled, o.delta, o.a, o.b, o.c, o.skip, o.h).getFirst());
    try (Session session = new Cpu().open(3, 1)) {
      Program program = session.compile(g);
      program.write(factors, new float[] {Float.NaN, 1, 1});
      program.run();
      float[] found = new float[B * T * D];
      program.read(y, found);
      for (int i = 0; i < found.length; i++) {
        assertEquals(i < T * D, Float.isNaN(found[i]), "element " + i);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void equalsALoop(Discretisation d) {
    Graph g = new Graph(false);
    Operands operands = Operands.of(g);
    List<Value> pairs = new ArrayList<>();
    List<Value> fused = operands.fused(d);
    List<Value> looped = operands.looped(d);
    List<Value> fusedGradients = Gradients.of(loss(fused), g.parameters());
    List<Value> loopedGradients = Gradients.of(loss(looped), g.parameters());
    for (int i = 0; i < fused.size(); i++) {
      pairs.add(relative(subtract(fused.get(i), looped.get(i)), looped.get(i)));
    }
    for (int i = 0; i < fusedGradients.size(); i++) {
      Value expected = loopedGradients.get(i);
      pairs.add(relative(subtract(fusedGradients.get(i), expected), expected));
    }
    pairs.forEach(g::output);
    try (Session session = new Cpu().open(3, 2)) {
      Program program = session.compile(g);
      program.run();
      for (Value pair : pairs) {
        assertEquals(0, program.scalar(pair), 1e-10, pair.toString());
      }
    }
  }

  /** The square of a difference as a part of the square of what is expected. */
  private static Value relative(Value difference, Value expected) {
    return divide(sum(multiply(difference, difference)), sum(multiply(expected, expected)));
  }

  @ParameterizedTest
  @EnumSource
  void allocatesNothing(Discretisation d) {
    Graph g = new Graph(false);
    Gradients.of(loss(Operands.of(g).fused(d)), g.parameters()).forEach(g::output);
    try (Session session = new Cpu().open(3, 1)) {
      Program program = session.compile(g);
      AllocationCheck.stops(program::run);
    }
  }

  /** The decay of a state is exp(delta A), which is 0 for any delta beyond some hundred. */
  @ParameterizedTest
  @EnumSource
  void hugeStepsForget(Discretisation d) {
    for (float size : new float[] {90, 1e3f, 1e8f, 1e15f, 1e30f}) {
      Graph g = new Graph(false);
      Value zero = fill(g, 0, Shape.of(1, 20, 17));
      Value delta = fill(g, size, Shape.of(1, 20, 17));
      Value a = fill(g, -1, Shape.of(4, 17));
      Value b = fill(g, 1, Shape.of(1, 20, 4));
      Value h = fill(g, 5, Shape.of(1, 4, 17));
      Value skip = fill(g, 1, Shape.of(17));
      Value last = g.output(selectiveScan(d, zero, delta, a, b, b, skip, h).get(1));
      try (Session session = new Cpu().open(1, 1)) {
        Program program = session.compile(g);
        program.run();
        float[] found = new float[last.shape().size()];
        program.read(last, found);
        assertArrayEquals(new float[found.length], found, "delta " + size);
      }
    }
  }
}
