package seqmark.compute.op;

import java.util.List;
import seqmark.compute.Cost;
import seqmark.compute.GradientContext;
import seqmark.compute.Node;
import seqmark.compute.Op;
import seqmark.compute.Ops;
import seqmark.compute.Shape;
import seqmark.compute.ShapeException;
import seqmark.compute.Value;

/** Matrix products. */
public final class MatMul {
  private MatMul() {}

  /**
   * {@code x · w (+ addend)}: x {@code [..., K]}, w {@code [K, N]} (or {@code [N, K]} when
   * transposed), addend {@code [N]} or {@code [..., N]}; result {@code [..., N]}.
   */
  public record Dense(boolean transposed) implements Op {
    @Override
    public String name() {
      return "dense";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      Shape x = in.get(0);
      Shape w = in.get(1);
      if (x.rank() < 1 || w.rank() != 2 || x.dim(-1) != w.dim(transposed ? 1 : 0)) {
        throw new ShapeException(
            "dense: inner dimensions differ: x " + x + ", w " + w + (transposed ? "ᵀ" : ""));
      }
      Shape out = x.with(-1, w.dim(transposed ? 0 : 1));
      if (in.size() == 3
          && !in.get(2).equals(out)
          && !in.get(2).equals(out.axes(out.rank() - 1, out.rank()))) {
        throw new ShapeException("dense: addend " + in.get(2) + " does not fit result " + out);
      }
      return List.of(out);
    }

    @Override
    public void vjp(Node n, GradientContext g) {
      Value x = n.in(0);
      Value w = n.in(1);
      Value d = g.gradient(n.out(0));
      if (g.wants(w)) {
        Value saved = g.of(x);
        g.addSummed(w, new WeightGradient(), transposed ? d : saved, transposed ? saved : d);
      }
      if (n.in().size() == 3 && g.wants(n.in(2))) {
        Value addend = n.in(2);
        if (addend.shape().equals(n.out(0).shape())) {
          g.add(addend, d);
        } else {
          g.addSummed(addend, new Reduce.SumTo(addend.shape()), d);
        }
      }
      if (g.wants(x)) {
        Dense back = new Dense(!transposed);
        if (g.hasBegun(x)) {
          g.accumulated(x, Ops.apply(back, d, g.of(w), g.accumulator(x)));
        } else {
          g.add(x, Ops.apply(back, d, g.of(w)));
        }
      }
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      int k = n.in(0).shape().dim(-1);
      int cols = n.out(0).shape().dim(-1);
      for (int i = 0; i < out[0].length; i++) {
        int row = i / cols;
        int col = i % cols;
        double sum = in.length == 3 ? in[2][in[2].length == cols ? col : i] : 0;
        for (int j = 0; j < k; j++) {
          sum += in[0][row * k + j] * in[1][transposed ? col * k + j : j * cols + col];
        }
        out[0][i] = sum;
      }
    }

    @Override
    public Cost cost(Node n) {
      return Cost.of(n, 2L * n.out(0).shape().size() * n.in(0).shape().dim(-1));
    }

    @Override
    public int inPlace(int out) {
      return 2;
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return in == 0 || in == 2 && n.in(2).shape().equals(n.out(0).shape());
    }
  }

  /**
   * {@code xᵀ · d} over all leading axes: x {@code [..., K]}, d {@code [..., N]}; {@code [K, N]}.
   */
  public record WeightGradient() implements Op {
    @Override
    public String name() {
      return "weight-gradient";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      Shape x = in.get(0);
      Shape d = in.get(1);
      if (x.rank() != d.rank() || x.sizeBefore(-1) != d.sizeBefore(-1)) {
        throw new ShapeException("weight-gradient: rows differ: x " + x + ", d " + d);
      }
      return List.of(Shape.of(x.dim(-1), d.dim(-1)));
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      int k = n.out(0).shape().dim(0);
      int cols = n.out(0).shape().dim(1);
      int rows = n.in(0).shape().sizeBefore(-1);
      for (int i = 0; i < k; i++) {
        for (int j = 0; j < cols; j++) {
          double sum = 0;
          for (int r = 0; r < rows; r++) {
            sum += in[0][r * k + i] * in[1][r * cols + j];
          }
          out[0][i * cols + j] = sum;
        }
      }
    }

    @Override
    public Cost cost(Node n) {
      return Cost.of(n, 2L * n.out(0).shape().size() * n.in(0).shape().sizeBefore(-1));
    }
  }

  /**
   * A {@link WeightGradient} for each batch row: x {@code [..., B, K]}, d {@code [..., B, N]};
   * {@code [B, K, N]}.
   */
  public record BatchedWeightGradient() implements Op {
    @Override
    public String name() {
      return "batched-weight-gradient";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      Shape x = in.get(0);
      Shape d = in.get(1);
      if (x.rank() < 2 || x.rank() != d.rank() || !x.with(-1, 1).equals(d.with(-1, 1))) {
        throw new ShapeException(name() + ": rows differ: x " + x + ", d " + d);
      }
      return List.of(Shape.of(x.dim(-2), x.dim(-1), d.dim(-1)));
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      Shape y = n.out(0).shape();
      int terms = n.in(0).shape().sizeBefore(-2);
      for (int i = 0; i < out[0].length; i++) {
        int at = i / y.dim(2);
        int column = at / y.dim(1) * y.dim(2) + i % y.dim(2);
        double sum = 0;
        for (int t = 0; t < terms; t++) {
          double x = in[0][t * y.dim(0) * y.dim(1) + at];
          sum += x * in[1][t * y.dim(0) * y.dim(2) + column];
        }
        out[0][i] = sum;
      }
    }

    @Override
    public Cost cost(Node n) {
      return Cost.of(n, 2L * n.out(0).shape().size() * n.in(0).shape().sizeBefore(-2));
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return n.in(0).shape().rank() == 2;
    }
  }

  /**
   * {@code a · b} per batch element: a {@code [..., M, K]}, b {@code [..., K, N]} with equal
   * leading axes, either one stored transposed; result {@code [..., M, N]}.
   */
  public record Batched(boolean transposeA, boolean transposeB) implements Op {
    @Override
    public String name() {
      return "batched-matmul";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      Shape a = in.get(0);
      Shape b = in.get(1);
      boolean fits =
          a.rank() >= 2
              && a.rank() == b.rank()
              && a.axes(0, a.rank() - 2).equals(b.axes(0, b.rank() - 2))
              && a.dim(transposeA ? -2 : -1) == b.dim(transposeB ? -1 : -2);
      if (!fits) {
        throw new ShapeException(
            "batched-matmul: inner or leading dimensions differ: a %s%s, b %s%s"
                .formatted(a, transposeA ? "ᵀ" : "", b, transposeB ? "ᵀ" : ""));
      }
      return List.of(a.with(-2, a.dim(transposeA ? -1 : -2)).with(-1, b.dim(transposeB ? -2 : -1)));
    }

    @Override
    public void vjp(Node n, GradientContext g) {
      Value a = n.in(0);
      Value b = n.in(1);
      Value d = g.gradient(n.out(0));
      if (g.wants(a)) {
        Value other = g.of(b);
        g.add(
            a,
            transposeA
                ? Ops.matmul(other, d, transposeB, true)
                : Ops.matmul(d, other, false, !transposeB));
      }
      if (g.wants(b)) {
        Value other = g.of(a);
        g.add(
            b,
            transposeB
                ? Ops.matmul(d, other, true, transposeA)
                : Ops.matmul(other, d, !transposeA, false));
      }
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      int m = n.out(0).shape().dim(-2);
      int cols = n.out(0).shape().dim(-1);
      int k = n.in(0).shape().dim(transposeA ? -2 : -1);
      for (int i = 0; i < out[0].length; i++) {
        int batch = i / (m * cols);
        int row = i / cols % m;
        int col = i % cols;
        double sum = 0;
        for (int j = 0; j < k; j++) {
          sum +=
              in[0][batch * m * k + (transposeA ? j * m + row : row * k + j)]
                  * in[1][batch * k * cols + (transposeB ? col * k + j : j * cols + col)];
        }
        out[0][i] = sum;
      }
    }

    @Override
    public Cost cost(Node n) {
      int k = n.in(0).shape().dim(transposeA ? -2 : -1);
      return Cost.of(n, 2L * n.out(0).shape().size() * k);
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return n.out(0).shape().rank() > 2;
    }
  }
}
