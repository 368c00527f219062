package seqmark.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Ops;
import seqmark.compute.Program;
import seqmark.compute.Session;
import seqmark.compute.Value;
import seqmark.compute.op.MatMul;

/** Products whose weights every thread packs for itself, or all of them together. */
class DenseTest {
  @ParameterizedTest
  @CsvSource({
    "1, 200, 80, 70",
    "2, 200, 80, 70",
    "3, 200, 80, 70",
    "2, 127, 80, 70", // too few rows for a thread alone
    "3, 2, 300, 300", // fewer than threads
    "1, 70, 1056, 1000", // too large a weight
    "2, 130, 1056, 1000"
  })
  void everyElementIsOneChainOfMultiplyAdds(int threads, int rows, int k, int n) {
    check(threads, rows, k, n, false);
    check(threads, rows, k, n, true);
  }

  private static void check(int threads, int rows, int k, int n, boolean transposed) {
    Graph g = new Graph(false);
    Value a = g.parameter("a", Init.normal(1), rows, k);
    Value b = g.parameter("b", Init.normal(1), transposed ? new int[] {n, k} : new int[] {k, n});
    Value out = g.output(Ops.apply(new MatMul.Dense(transposed), a, b));
    try (Session session = new Cpu().open(3, threads)) {
      Program program = session.compile(g);
      float[] found = new float[rows * n];
      program.run();
      program.read(out, found);
      float[] x = session.read("a");
      float[] w = session.read("b");
      for (int i = 0; i < rows * n; i += 29) {
        float sum = 0;
        for (int p = 0; p < k; p++) {
          float weight = transposed ? w[i % n * k + p] : w[p * n + i % n];
          sum = Math.fma(x[i / n * k + p], weight, sum);
        }
        assertEquals(sum, found[i], "row " + i / n + ", column " + i % n);
      }
    }
  }

  /** What is packed for one product must not be taken for the weight of the next. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void productsInTurnHaveTheirOwnWeights(int threads) {
    int rows = 256;
    Graph both = new Graph(false);
    Value x = both.parameter("x", Init.normal(1), rows, 32);
    Value v = both.parameter("v", Init.normal(1), 32, 64);
    Value first = both.output(Ops.dense(x, v));
    Value second = both.output(Ops.dense(first, both.parameter("w", Init.normal(1), 64, 32)));
    Graph alone = new Graph(false);
    Value between = alone.input("between", rows, 64);
    Value last = alone.output(Ops.dense(between, alone.parameter("w", Init.normal(1), 64, 32)));
    try (Session session = new Cpu().open(3, threads)) {
      Program together = session.compile(both);
      together.run();
      Program apart = session.compile(alone);
      apart.write(between, read(together, first, rows * 64));
      apart.run();
      assertArrayEquals(read(apart, last, rows * 32), read(together, second, rows * 32));
    }
  }

  private static float[] read(Program program, Value value, int size) {
    float[] found = new float[size];
    program.read(value, found);
    return found;
  }
}
