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

/** Vectors turned by angles that grow with their position. */
public final class Rotary {
  private Rotary() {}

  /**
   * Rotary position embedding (Su et al. 2021, equation 34). The last axis of x is cut into heads
   * as wide as the table; element i of a head's first half and element i of its second half are the
   * plane of angle i. (The paper pairs neighbours: the same but for the order of weights.)
   *
   * <p>Operands: x {@code [..., D]}, a table {@code [P, W]} with, per position, W/2 cosines and
   * then W/2 sines, and the positions {@code [...]}, of {@code 0..P - 1}. Result: {@code [..., D]}.
   *
   * @param back whether to turn the other way, as gradients do
   */
  public record Turn(boolean back) implements Op {
    @Override
    public String name() {
      return back ? "rotary-back" : "rotary";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      Shape x = in.get(0);
      Shape table = in.get(1);
      boolean even = table.rank() == 2 && table.dim(1) % 2 == 0;
      if (!even || x.rank() == 0 || x.dim(-1) % table.dim(1) != 0) {
        throw new ShapeException(
            "%s: x %s has no heads of the even width of table %s".formatted(name(), x, table));
      }
      if (!in.get(2).append(x.dim(-1)).equals(x)) {
        throw new ShapeException(name() + ": positions " + in.get(2) + " do not fit x " + x);
      }
      return List.of(x);
    }

    @Override
    public void vjp(Node n, GradientContext g) {
      Value d = g.gradient(n.out(0));
      g.add(n.in(0), Ops.apply(new Turn(!back), d, g.of(n.in(1)), g.of(n.in(2))));
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      int width = n.in(1).shape().dim(1);
      int half = width / 2;
      int perRow = n.in(0).shape().dim(-1);
      for (int i = 0; i < out[0].length; i++) {
        int within = i % width;
        int angle = within % half;
        int position = Embedding.check(in[2][i / perRow], n.in(1).shape().dim(0));
        double cos = in[1][position * width + angle];
        double sin = in[1][position * width + half + angle] * (back ? -1 : 1);
        out[0][i] =
            within < half
                ? in[0][i] * cos - in[0][i + half] * sin
                : in[0][i] * cos + in[0][i - half] * sin;
      }
    }

    @Override
    public Cost cost(Node n) {
      return Cost.elementwise(n, 3);
    }

    @Override
    public int inPlace(int out) {
      return 0;
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return in != 1 && n.in(0).shape().rank() > 1;
    }
  }
}
