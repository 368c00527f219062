package seqmark.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;
import seqmark.compute.Graph;
import seqmark.compute.Init;
import seqmark.compute.Ops;
import seqmark.compute.Program;
import seqmark.compute.Session;
import seqmark.compute.Shape;
import seqmark.compute.Value;
import seqmark.harness.Registry;
import seqmark.nn.io.Tensor;

/** A matrix product {@code [M, K] · [K, N]} of random numbers, a graph of its own on the CPU. */
final class Product implements AutoCloseable {
  private final Session session;
  private final Program program;
  private final Value result;

  /** A product, whose left operand may be stored as its transpose. */
  Product(int m, int k, int n, boolean transposed, int threads) {
    Graph g = new Graph(false);
    Value b = g.parameter("b", Init.normal(1), k, n);
    result =
        transposed
            ? Ops.matmul(g.parameter("a", Init.normal(1), k, m), b, true, false)
            : Ops.dense(g.parameter("a", Init.normal(1), m, k), b);
    g.output(result);
    session = Registry.builtIn().backend("cpu").open(1, threads);
    program = session.compile(g);
  }

  /** Multiplies once. */
  void run() {
    program.run();
  }

  /** Operands {@code a} and {@code b}, and what they gave last as {@code c}. */
  Map<String, Tensor> matrices() {
    Shape shape = result.shape();
    float[] c = new float[shape.size()];
    program.read(result, c);
    Map<String, Tensor> all = new LinkedHashMap<>();
    for (Value operand : result.node().in()) {
      all.put(operand.name(), new Tensor(operand.shape(), session.read(operand.name())));
    }
    all.put("c", new Tensor(shape, c));
    return all;
  }

  @Override
  public void close() {
    session.close();
  }
}
