package seqmark.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import seqmark.compute.Backend;
import seqmark.compute.GradientContext;
import seqmark.compute.Gradients;
import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Loop;
import seqmark.compute.Node;
import seqmark.compute.Op;
import seqmark.compute.Ops;
import seqmark.compute.Program;
import seqmark.compute.Reference;
import seqmark.compute.Session;
import seqmark.compute.Shape;
import seqmark.compute.Value;

class ReferenceKernelTest {
  private static final int B = 3;
  private static final int D = 5;

  /** {@code x^3}, as a plug-in could bring it. */
  private record Cube() implements Op {
    @Override
    public String name() {
      return "cube";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      return in;
    }

    @Override
    public void vjp(Node node, GradientContext g) {
      Value x = g.of(node.in(0));
      Value slope = Ops.affine(Ops.multiply(x, x), 3, 0);
      g.add(node.in(0), Ops.multiply(g.gradient(node.out(0)), slope));
    }

    @Override
    public void reference(Node node, double[][] in, double[][] out) {
      for (int i = 0; i < out[0].length; i++) {
        out[0][i] += in[0][i] * in[0][i] * in[0][i];
      }
    }

    @Override
    public int inPlace(int out) {
      return 0;
    }

    @Override
    public boolean rowWise(Node node, int in) {
      return true;
    }

    @Override
    public boolean runsByReference() {
      return true;
    }
  }

  private final Graph g = new Graph(true);
  private final Value x = g.input("x", B, D);
  private final Value loss;
  private final Value gradient;

  /** A cube outside and a cube in a loop, whose input is a parameter's. */
  ReferenceKernelTest() {
    Value w = g.parameter("w", Init.uniform(0.5), D, D);
    Value first = Ops.apply(new Cube(), Ops.dense(x, w));
    Loop loop = g.loop("loop", 4);
    Value h = loop.carry(first);
    loop.next(h, Ops.apply(new Cube(), Ops.affine(Ops.dense(h, w), 0.5, 0.5)));
    loop.close();
    loss = g.output(Ops.sum(loop.last(h)));
    gradient = g.output(Gradients.of(loss, List.of(w)).getFirst());
  }

  private float[] run(Backend backend, int threads) {
    try (Session session = backend.open(3, threads)) {
      Program program = session.compile(g);
      assertEquals(backend instanceof Cpu ? Set.of("cube") : Set.of(), program.referenceOps());
      float[] data = new float[B * D];
      for (int i = 0; i < data.length; i++) {
        data[i] = (i % 7 - 3) / 4f;
      }
      program.write(x, data);
      program.run();
      program.run();
      float[] results = new float[D * D + 1];
      program.read(gradient, results);
      results[D * D] = program.scalar(loss);
      return results;
    }
  }

  @Test
  void computesWhatTheReferenceDoes() {
    float[] one = run(new Cpu(), 1);
    assertArrayEquals(run(new Reference(), 1), one, 1e-4f);
    assertArrayEquals(one, run(new Cpu(), 3));
  }
}
