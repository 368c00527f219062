package seqmark.compute.op;

import java.util.List;
import seqmark.compute.Cost;
import seqmark.compute.GradientContext;
import seqmark.compute.Node;
import seqmark.compute.Op;
import seqmark.compute.Ops;
import seqmark.compute.Shape;

/** Ops that bring the numbers along the last axis to a common scale. */
public final class Normalize {
  private Normalize() {}

  /**
   * Softmax over the last axis, of positions whose mask is not 0; a row without any such position
   * is all zeros. Operands: scores and, if there is one, a mask of the same shape.
   */
  public record Softmax() implements Op {
    @Override
    public String name() {
      return "softmax";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      return List.of(in.size() == 2 ? Elementwise.same(name(), in.get(0), in.get(1)) : in.get(0));
    }

    @Override
    public void vjp(Node n, GradientContext g) {
      g.add(n.in(0), Ops.apply(new SoftmaxGradient(), g.of(n.out(0)), g.gradient(n.out(0))));
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      int width = n.out(0).shape().dim(-1);
      for (int start = 0; start < out[0].length; start += width) {
        double max = Double.NEGATIVE_INFINITY;
        for (int i = start; i < start + width; i++) {
          max = in.length == 1 || in[1][i] != 0 ? Math.max(max, in[0][i]) : max;
        }
        double sum = 0;
        for (int i = start; i < start + width; i++) {
          out[0][i] = in.length == 1 || in[1][i] != 0 ? Math.exp(in[0][i] - max) : 0;
          sum += out[0][i];
        }
        for (int i = start; i < start + width; i++) {
          out[0][i] = sum == 0 ? 0 : out[0][i] / sum;
        }
      }
    }

    @Override
    public Cost cost(Node n) {
      return Cost.elementwise(n, Cost.FUNCTION + 4);
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return n.out(0).shape().rank() > 1;
    }
  }

  /** {@code y * (d - sum(d * y))} along the last axis; operands: softmax result y, gradient d. */
  public record SoftmaxGradient() implements Op {
    @Override
    public String name() {
      return "softmax-gradient";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      return List.of(Elementwise.same(name(), in.get(0), in.get(1)));
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      int width = n.out(0).shape().dim(-1);
      for (int start = 0; start < out[0].length; start += width) {
        double dot = 0;
        for (int i = start; i < start + width; i++) {
          dot += in[0][i] * in[1][i];
        }
        for (int i = start; i < start + width; i++) {
          out[0][i] = in[0][i] * (in[1][i] - dot);
        }
      }
    }

    @Override
    public Cost cost(Node n) {
      return Cost.elementwise(n, 4);
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return n.out(0).shape().rank() > 1;
    }
  }
}
