package seqmark.compute.op;

import java.util.Arrays;
import java.util.List;
import seqmark.compute.Cost;
import seqmark.compute.GradientContext;
import seqmark.compute.Node;
import seqmark.compute.Op;
import seqmark.compute.Ops;
import seqmark.compute.Shape;
import seqmark.compute.ShapeException;
import seqmark.compute.Value;

/** How long the steps of a selective scan are. */
public final class StepSize {
  private StepSize() {}

  /**
   * {@code delta = softplus(x W + bias)}, from few numbers to every channel (Gu and Dao 2023,
   * section 3.6). Operands: x {@code [..., R]}, W {@code [R, D]}, bias {@code [D]}; result {@code
   * [..., D]}.
   */
  public record Projected() implements Op {
    @Override
    public String name() {
      return "step-size";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      Shape x = in.get(0);
      Shape w = in.get(1);
      if (x.rank() < 1 || w.rank() != 2 || w.dim(0) != x.dim(-1)) {
        throw new ShapeException(
            name() + ": expected x [..., R] and weight [R, D], found x " + x + ", weight " + w);
      }
      if (!in.get(2).equals(Shape.of(w.dim(1)))) {
        throw new ShapeException(name() + ": bias " + in.get(2) + " does not fit weight " + w);
      }
      return List.of(x.with(-1, w.dim(1)));
    }

    @Override
    public void vjp(Node n, GradientContext g) {
      Value d = g.gradient(n.out(0));
      Value y = g.of(n.out(0));
      Op op = new ProjectedGradient();
      List<Value> all = Ops.applyAll(op, d, y, g.of(n.in(0)), g.of(n.in(1)));
      for (int i = 0; i < 3; i++) {
        g.add(n.in(i), all.get(i));
      }
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      int rank = n.in(1).shape().dim(0);
      int width = n.in(1).shape().dim(1);
      for (int i = 0; i < out[0].length; i++) {
        double sum = in[2][i % width];
        for (int r = 0; r < rank; r++) {
          sum += in[0][i / width * rank + r] * in[1][r * width + i % width];
        }
        out[0][i] = Function.SOFTPLUS.apply(sum);
      }
    }

    @Override
    public Cost cost(Node n) {
      long each = 2L * n.in(1).shape().dim(0) + 2 * Cost.FUNCTION;
      return Cost.of(n, each * n.out(0).shape().size());
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return in == 0 && n.in(0).shape().rank() > 1;
    }
  }

  /**
   * The gradient of {@link Projected}. Operands: the gradient of the result, the result {@code
   * [..., D]}, x and W. Results: the gradients of x, W and bias.
   */
  public record ProjectedGradient() implements Op {
    @Override
    public String name() {
      return "step-size-gradient";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      return List.of(in.get(2), in.get(3), Shape.of(in.get(3).dim(1)));
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      int rank = n.in(3).shape().dim(0);
      int width = n.in(3).shape().dim(1);
      for (double[] d : out) {
        Arrays.fill(d, 0);
      }
      for (int i = 0; i < in[0].length; i++) {
        double d = in[0][i] * Function.SOFTPLUS.slope(in[1][i], in[1][i]);
        out[2][i % width] += d;
        for (int r = 0; r < rank; r++) {
          int x = i / width * rank + r;
          int w = r * width + i % width;
          out[0][x] += in[3][w] * d;
          out[1][w] += in[2][x] * d;
        }
      }
    }

    @Override
    public Cost cost(Node n) {
      long each = 4L * n.in(3).shape().dim(0) + Cost.FUNCTION + 3;
      return Cost.of(n, each * n.in(0).shape().size());
    }
  }
}
