package seqmark.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Ops;
import seqmark.compute.Program;
import seqmark.compute.Session;
import seqmark.compute.Value;

/** Products with weights that every thread packs for itself, and that are too large for that. */
class DenseTest {
  private static final int ROWS = 26;

  @ParameterizedTest
  @CsvSource({"1, 40, 70", "2, 40, 70", "3, 40, 70", "1, 1056, 1000", "2, 1056, 1000"})
  void everyElementIsOneChainOfMultiplyAdds(int threads, int k, int n) {
    Graph g = new Graph(false);
    Value a = g.parameter("a", Init.normal(1), ROWS, k);
    Value out = g.output(Ops.dense(a, g.parameter("b", Init.normal(1), k, n)));
    try (Session session = new Cpu().open(3, threads)) {
      Program program = session.compile(g);
      float[] found = new float[ROWS * n];
      program.run();
      program.run();
      program.read(out, found);
      float[] x = session.read("a");
      float[] w = session.read("b");
      for (int i = 0; i < ROWS * n; i += 29) {
        float sum = 0;
        for (int p = 0; p < k; p++) {
          sum = Math.fma(x[i / n * k + p], w[p * n + i % n], sum);
        }
        assertEquals(sum, found[i], "row " + i / n + ", column " + i % n);
      }
    }
  }

  /** What is packed for one product must not be taken for that of the next. */
  @ParameterizedTest
  @CsvSource({"1", "2"})
  void productsInTurnHaveTheirOwnWeights(int threads) {
    Graph g = new Graph(false);
    Value x = g.parameter("x", Init.normal(1), ROWS, 32);
    Value first = Ops.dense(x, g.parameter("v", Init.normal(1), 32, 64));
    Value both = g.output(Ops.dense(first, g.parameter("w", Init.normal(1), 64, 32)));
    Graph apart = new Graph(false);
    Value between = apart.input("between", ROWS, 64);
    Value second = apart.output(Ops.dense(between, apart.parameter("w", Init.normal(1), 64, 32)));
    g.output(first);
    try (Session session = new Cpu().open(3, threads)) {
      Program together = session.compile(g);
      Program alone = session.compile(apart);
      together.run();
      float[] carried = new float[ROWS * 64];
      together.read(first, carried);
      alone.write(between, carried);
      alone.run();
      float[] expected = new float[ROWS * 32];
      alone.read(second, expected);
      float[] found = new float[ROWS * 32];
      together.run();
      together.read(both, found);
      assertArrayEquals(expected, found);
    }
  }
}
