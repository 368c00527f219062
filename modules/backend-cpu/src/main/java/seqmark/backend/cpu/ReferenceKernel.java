package seqmark.backend.cpu;

import java.util.Arrays;
import java.util.List;
import seqmark.compute.Node;
import seqmark.compute.Op;
import seqmark.compute.Value;

/**
 * Runs an op's float64 reference, for ops that have no kernel and say that this will do. The whole
 * node is one unit: nothing is known of how its rows hang together.
 */
final class ReferenceKernel implements Kernel {
  private final Node node;
  private final Operand[] in;
  private final Operand[] out;
  private final double[][] given;
  private final double[][] results;

  ReferenceKernel(Node n, Memory memory) {
    node = n;
    in = memory.of(n.in());
    out = memory.of(n.out());
    given = arrays(n.in());
    results = arrays(n.out());
  }

  private static double[][] arrays(List<Value> values) {
    return values.stream().map(v -> new double[v.shape().size()]).toArray(double[][]::new);
  }

  @Override
  public int units() {
    return 1;
  }

  @Override
  public void run(int t, int from, int to) {
    for (int i = 0; i < in.length; i++) {
      int start = in[i].at(t);
      for (int j = 0; j < given[i].length; j++) {
        given[i][j] = in[i].data()[start + j];
      }
    }
    for (double[] result : results) {
      Arrays.fill(result, 0); // As on the reference backend.
    }
    Op op = node.op();
    op.reference(node, given, results);
    for (int i = 0; i < out.length; i++) {
      store(results[i], out[i], t);
    }
    for (int i = 0; i < in.length; i++) {
      if (op.writes(i)) {
        store(given[i], in[i], t);
      }
    }
  }

  private static void store(double[] from, Operand to, int t) {
    int start = to.at(t);
    for (int i = 0; i < from.length; i++) {
      to.data()[start + i] = (float) from[i];
    }
  }
}
