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
   * {@code y[t] = bias + sum over k of weight[k] * x[t - (K - 1 - k)]}, with zeros before the
   * start. Operands: x {@code [..., T, D]}, weight {@code [K, D]} and, if there is one, a bias
   * {@code [D]}; result {@code [..., T, D]}.
   *
   * @param anticausal whether taps reach forwards in time instead, to zeros after the end
   */
  public record Causal(boolean anticausal) implements Op {
    @Override
    public String name() {
      return anticausal ? "anticausal-convolution" : "causal-convolution";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      Shape x = in.get(0);
      Shape w = in.get(1);
      if (x.rank() < 2 || w.rank() != 2 || w.dim(1) != x.dim(-1)) {
        throw new ShapeException(
            name() + ": expected x [..., T, D] and weight [K, D], found x " + x + ", weight " + w);
      }
      if (in.size() == 3 && !in.get(2).equals(Shape.of(x.dim(-1)))) {
        throw new ShapeException(name() + ": bias " + in.get(2) + " does not fit x " + x);
      }
      return List.of(x);
    }

    @Override
    public void vjp(Node n, GradientContext g) {
      Value x = n.in(0);
      Value w = n.in(1);
      Value d = g.gradient(n.out(0));
      if (g.wants(x)) {
        g.add(x, Ops.apply(new Causal(!anticausal), d, g.of(w)));
      }
      if (g.wants(w)) {
        Value saved = g.of(x);
        Op op = new WeightGradient(w.shape().dim(0));
        g.addSummed(w, op, anticausal ? d : saved, anticausal ? saved : d);
      }
      if (n.in().size() == 3) {
        g.addSummed(n.in(2), new Reduce.SumTo(n.in(2).shape()), d);
      }
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      int length = n.in(0).shape().dim(-2);
      int width = n.in(0).shape().dim(-1);
      int taps = n.in(1).shape().dim(0);
      for (int i = 0; i < out[0].length; i++) {
        int t = i / width % length;
        double sum = in.length == 3 ? in[2][i % width] : 0;
        for (int k = 0; k < taps; k++) {
          int shift = (taps - 1 - k) * (anticausal ? 1 : -1);
          if (t + shift >= 0 && t + shift < length) {
            sum += in[1][k * width + i % width] * in[0][i + shift * width];
          }
        }
        out[0][i] = sum;
      }
    }

    @Override
    public Cost cost(Node n) {
      return Cost.of(n, 2L * n.in(1).shape().dim(0) * n.out(0).shape().size());
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return in == 0 && n.in(0).shape().rank() > 2;
    }
  }

  /**
   * The gradient of a causal convolution's weight: {@code sum over t of x[t - (K - 1 - k)] * d[t]},
   * also over all leading axes. Operands: x and d {@code [..., T, D]}; result {@code [K, D]}.
   *
   * @param taps K
   */
  public record WeightGradient(int taps) implements Op {
    @Override
    public String name() {
      return "convolution-weight-gradient";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      Shape x = Elementwise.same(name(), in.get(0), in.get(1));
      return List.of(Shape.of(taps, x.dim(-1)));
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      int length = n.in(0).shape().dim(-2);
      int width = n.in(0).shape().dim(-1);
      Arrays.fill(out[0], 0);
      for (int i = 0; i < in[0].length; i++) {
        int t = i / width % length;
        for (int k = 0; k < taps; k++) {
          int back = taps - 1 - k;
          if (back <= t) {
            out[0][k * width + i % width] += in[0][i - back * width] * in[1][i];
          }
        }
      }
    }

    @Override
    public Cost cost(Node n) {
      return Cost.of(n, 2L * taps * n.in(0).shape().size());
    }
  }
}
