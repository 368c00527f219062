package seqmark.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static seqmark.compute.Ops.add;
import static seqmark.compute.Ops.attend;
import static seqmark.compute.Ops.fill;
import static seqmark.compute.Ops.gelu;
import static seqmark.compute.Ops.layerNorm;
import static seqmark.compute.Ops.multiply;
import static seqmark.compute.Ops.rmsNorm;
import static seqmark.compute.Ops.slice;
import static seqmark.compute.Ops.sum;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import seqmark.compute.Gradients;
import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Program;
import seqmark.compute.Session;
import seqmark.compute.Shape;
import seqmark.compute.Value;
import seqmark.compute.op.MultiHead;
import seqmark.testkit.AllocationCheck;

class TransformerKernelsTest {
  private static Value parameter(Graph g, String name, int... shape) {
    return g.parameter(name, Init.normal(1), shape);
  }

  @Test
  void allocateNothing() {
    Graph g = new Graph(false);
    Value x = parameter(g, "x", 2, 50, 24);
    Value mask = fill(g, 1, Shape.of(2, 50));
    Value y = attend(new MultiHead.Attend(3, 0.35f, true, false), x, x, x, mask);
    Value normed = layerNorm(add(x, y), parameter(g, "gain", 24), parameter(g, "bias", 24));
    Value z = rmsNorm(gelu(normed), parameter(g, "scale", 24));
    Gradients.of(sum(multiply(z, z)), g.parameters()).forEach(g::output);
    try (Session session = new Cpu().open(3, 1)) {
      AllocationCheck.stops(session.compile(g)::run);
    }
  }

  /** The scores of 4 heads over 600 positions would be 1,440,000 floats. */
  @Test
  void scoresAreNotKept() {
    Graph g = new Graph(false);
    Value x = parameter(g, "x", 1, 600, 8);
    Value mask = fill(g, 1, Shape.of(1, 600));
    Value y = attend(new MultiHead.Attend(4, 0.7f, false, false), x, x, x, mask);
    Gradients.of(sum(multiply(y, y)), g.parameters()).forEach(g::output);
    try (Session session = new Cpu().open(3, 1)) {
      long arena = session.compile(g).arenaBytes();
      assertEquals(0, arena / (600 * 600 * Float.BYTES), "bytes of the arena: " + arena);
    }
  }

  /** Neither keys beyond the last query's nor masked ones may be read, whatever they hold. */
  @Test
  void hiddenKeysChangeNothing() {
    Graph g = new Graph(false);
    Value q = g.input("q", 1, 3, 4);
    Value k = g.input("k", 1, 3, 4);
    Value mask = g.input("mask", 1, 3);
    Value out = attend(new MultiHead.Attend(2, 0.5f, true, false), q, k, k, mask);
    Value firstTwo = g.output(slice(out, 1, 0, 2));
    try (Session session = new Cpu().open(3, 1)) {
      Program program = session.compile(g);
      float[] data = {1, -2, 3, 0.5f, 9, 9, 9, 9, 7, 7, 7, 7};
      float[][] found = new float[2][8];
      for (int i = 0; i < 2; i++) {
        program.write(q, data);
        Arrays.fill(data, 4, 12, 5f - 8 * i);
        program.write(k, data);
        program.write(mask, new float[] {1, 0, 1});
        Arrays.fill(data, 4, 12, 2);
        program.run();
        program.read(firstTwo, found[i]);
      }
      assertArrayEquals(found[0], found[1]);
      assertArrayEquals(new float[] {1, -2, 3, 0.5f, 1, -2, 3, 0.5f}, found[0], 1e-6f);
    }
  }
}
