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

/** Convolution over time in which every channel has taps of its own and sees no other channel. */
public final class DepthwiseConvolution {
  private DepthwiseConvolution() {}

  /**
   * {@code y[t] = silu(z[t])} with {@code z[t] = bias + sum over k of weight[k] * x[t - (K - 1 -
   * k)]} and zeros before the start (Gu and Dao 2023, section 3.4). Operands: x {@code [B, T, D]},
   * weight {@code [K, D]}, bias {@code [D]} and a mask {@code [B, T]}: positions with 0 become 0.
   * Result {@code [B, T, D]}.
   */
  public record CausalSilu() implements Op {
    @Override
    public String name() {
      return "convolution-silu";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      Shape x = in.get(0);
      Shape w = in.get(1);
      if (x.rank() != 3 || w.rank() != 2 || w.dim(1) != x.dim(2)) {
        throw new ShapeException(
            name() + ": expected x [B, T, D] and weight [K, D], found x " + x + ", weight " + w);
      }
      if (!in.get(2).equals(Shape.of(x.dim(2)))) {
        throw new ShapeException(name() + ": bias " + in.get(2) + " does not fit x " + x);
      }
      if (!in.get(3).equals(x.axes(0, 2))) {
        throw new ShapeException(name() + ": mask " + in.get(3) + " does not fit x " + x);
      }
      return List.of(x);
    }

    @Override
    public void vjp(Node n, GradientContext g) {
      Value[] in = new Value[5];
      in[0] = g.gradient(n.out(0));
      for (int i = 0; i < 4; i++) {
        in[i + 1] = g.of(n.in(i));
      }
      List<Value> d = Ops.applyAll(new CausalSiluGradient(), in);
      for (int i = 0; i < 3; i++) {
        g.add(n.in(i), d.get(i));
      }
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      int width = n.in(0).shape().dim(2);
      for (int i = 0; i < out[0].length; i++) {
        double z = convolved(n, 0, in, i);
        out[0][i] = in[3][i / width] == 0 ? 0 : z * sigmoid(z);
      }
    }

    @Override
    public Cost cost(Node n) {
      long each = 2L * n.in(1).shape().dim(0) + Cost.FUNCTION + 1;
      return Cost.of(n, each * n.out(0).shape().size());
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return in == 0 || in == 3;
    }
  }

  /**
   * The gradient of {@link CausalSilu}, which convolves again, so that nothing needs to be kept for
   * it. Operands: the gradient of the result, then the operands of {@link CausalSilu}. Results: the
   * gradients of x, weight and bias.
   */
  public record CausalSiluGradient() implements Op {
    @Override
    public String name() {
      return "convolution-silu-gradient";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      return in.subList(1, 4);
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      int length = n.in(0).shape().dim(1);
      int width = n.in(0).shape().dim(2);
      int taps = n.in(2).shape().dim(0);
      for (double[] d : out) {
        Arrays.fill(d, 0);
      }
      for (int i = 0; i < in[0].length; i++) {
        double z = convolved(n, 1, in, i);
        double s = sigmoid(z);
        double d = in[4][i / width] == 0 ? 0 : in[0][i] * s * (1 + z * (1 - s));
        out[2][i % width] += d;
        for (int k = 0; k < taps; k++) {
          int back = taps - 1 - k;
          if (back <= i / width % length) {
            out[0][i - back * width] += in[2][k * width + i % width] * d;
            out[1][k * width + i % width] += in[1][i - back * width] * d;
          }
        }
      }
    }

    @Override
    public Cost cost(Node n) {
      long each = 6L * n.in(2).shape().dim(0) + Cost.FUNCTION + 8;
      return Cost.of(n, each * n.out(0).shape().size());
    }

    @Override
    public int inPlace(int out) {
      return out == 0 ? 0 : -1;
    }
  }

  /** What becomes of element i of x, operand {@code first}, before the SiLU. */
  private static double convolved(Node n, int first, double[][] in, int i) {
    int length = n.in(first).shape().dim(1);
    int width = n.in(first).shape().dim(2);
    int taps = n.in(first + 1).shape().dim(0);
    double sum = in[first + 2][i % width];
    for (int k = 0; k < taps; k++) {
      int back = taps - 1 - k;
      if (back <= i / width % length) {
        sum += in[first + 1][k * width + i % width] * in[first][i - back * width];
      }
    }
    return sum;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
