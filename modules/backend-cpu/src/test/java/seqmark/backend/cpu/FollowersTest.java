package seqmark.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Ops;
import seqmark.compute.Program;
import seqmark.compute.Session;
import seqmark.compute.Value;

/** Nodes that get the rows of a product one after the other and change them in place. */
class FollowersTest {
  private static final int ROWS = 3 * Gemm.HEIGHT + 5;

  /** A product with what follows it; what is an output besides keeps its own memory. */
  private static float[] result(int threads, boolean apart) {
    Graph g = new Graph(false);
    Value x = g.parameter("x", Init.normal(1), ROWS, 40);
    Value bias = g.parameter("bias", Init.normal(1), 48);
    Value product = Ops.dense(x, g.parameter("w", Init.normal(1), 40, 48), bias);
    Value bent = Ops.gelu(product);
    Value positive = Ops.relu(bent);
    Value shifted = Ops.add(positive, bias);
    Value sum = Ops.add(shifted, g.parameter("y", Init.normal(1), ROWS, 48));
    Value out = g.output(Ops.affine(sum, 0.5f, -1));
    if (apart) {
      g.output(product);
      g.output(bent);
      g.output(positive);
      g.output(shifted);
      g.output(sum);
    }
    try (Session session = new Cpu().open(3, threads)) {
      Program program = session.compile(g);
      program.run();
      float[] found = new float[ROWS * 48];
      program.read(out, found);
      return found;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void haveTheBitsOfNodesByThemselves(int threads) {
    assertArrayEquals(result(1, true), result(threads, false));
  }

  @Test
  void needNoMemoryOfTheirOwn() {
    Graph g = new Graph(false);
    Value x = g.input("x", 64, 32);
    Value product = Ops.dense(x, g.parameter("w", Init.normal(1), 32, 32));
    g.output(Ops.add(Ops.relu(product), x));
    Graph alone = new Graph(false);
    alone.output(Ops.dense(alone.input("x", 64, 32), alone.parameter("w", Init.normal(1), 32, 32)));
    try (Session session = new Cpu().open(3, 1)) {
      assertEquals(session.compile(alone).arenaBytes(), session.compile(g).arenaBytes());
    }
  }
}
