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

/**
 * What makes a convolution over time of a matrix product: the positions that a kernel covers, laid
 * side by side.
 */
public final class Unfolding {
  private Unfolding() {}

  /**
   * Which positions a kernel covers: tap k of position t is position {@code t + k * dilation -
   * before}; the first tap is the earliest.
   *
   * @param taps K, how many
   * @param dilation from one to the next
   * @param before how far the first lies before the position itself
   */
  public record Kernel(int taps, int dilation, int before) {
    /** Checks the extents. */
    public Kernel {
      if (taps < 1 || dilation < 1 || before < 0) {
        throw new IllegalArgumentException(
            "kernel: expected at least 1 tap, dilation 1 and 0 before, found %d, %d and %d"
                .formatted(taps, dilation, before));
      }
    }

    /** How far a tap lies behind its position; below 0 before it. */
    public int shift(int tap) {
      return tap * dilation - before;
    }
  }

  /**
   * The positions that a kernel covers, side by side, with zeros for those outside: x {@code [...,
   * T, D]}, result {@code [..., T, K * D]}.
   */
  public record Unfold(Kernel kernel) implements Op {
    @Override
    public String name() {
      return "unfold";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      Shape x = in.get(0);
      if (x.rank() < 2) {
        throw new ShapeException(name() + ": expected x [..., T, D], found " + x);
      }
      return List.of(x.with(-1, kernel.taps * x.dim(-1)));
    }

    @Override
    public void vjp(Node n, GradientContext g) {
      g.add(n.in(0), Ops.apply(new Fold(kernel), g.gradient(n.out(0))));
    }

    @Override
    public boolean isMadeAgain(Node n) {
      return kernel.taps > 1;
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      int length = n.in(0).shape().dim(-2);
      int width = n.in(0).shape().dim(-1);
      Arrays.fill(out[0], 0);
      for (int i = 0; i < n.in(0).shape().sizeBefore(-1); i++) {
        for (int k = 0; k < kernel.taps; k++) {
          int t = i % length + kernel.shift(k);
          if (t >= 0 && t < length) {
            int from = (i + kernel.shift(k)) * width;
            System.arraycopy(in[0], from, out[0], (i * kernel.taps + k) * width, width);
          }
        }
      }
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return n.in(0).shape().rank() > 2;
    }
  }

  /**
   * The gradient of {@link Unfold}: every position's sum of the parts that were taken from it.
   * Operands: x {@code [..., T, K * D]} and, if there is one, a bias {@code [D]}; result {@code
   * [..., T, D]}.
   */
  public record Fold(Kernel kernel) implements Op {
    @Override
    public String name() {
      return "fold";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      Shape x = in.get(0);
      if (x.rank() < 2 || x.dim(-1) % kernel.taps != 0) {
        throw new ShapeException(
            "%s: expected [..., T, K * D] for K = %d taps, found %s"
                .formatted(name(), kernel.taps, x));
      }
      int width = x.dim(-1) / kernel.taps;
      if (in.size() == 2 && !in.get(1).equals(Shape.of(width))) {
        throw new ShapeException(name() + ": bias " + in.get(1) + " does not fit x " + x);
      }
      return List.of(x.with(-1, width));
    }

    @Override
    public void vjp(Node n, GradientContext g) {
      Value d = g.gradient(n.out(0));
      g.add(n.in(0), Ops.apply(new Unfold(kernel), d));
      if (n.in().size() == 2) {
        g.addSummed(n.in(1), new Reduce.SumTo(n.in(1).shape()), d);
      }
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      int length = n.out(0).shape().dim(-2);
      int width = n.out(0).shape().dim(-1);
      for (int i = 0; i < out[0].length; i++) {
        int position = i / width;
        double sum = in.length == 2 ? in[1][i % width] : 0;
        for (int k = 0; k < kernel.taps; k++) {
          int t = position % length - kernel.shift(k);
          if (t >= 0 && t < length) {
            int row = (position - kernel.shift(k)) * kernel.taps + k;
            sum += in[0][row * width + i % width];
          }
        }
        out[0][i] = sum;
      }
    }

    @Override
    public Cost cost(Node n) {
      return Cost.of(n, n.in(0).shape().size());
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return in == 0 && n.in(0).shape().rank() > 2;
    }
  }
}
