package seqmark.compute.op;

import java.util.List;
import seqmark.compute.GradientContext;
import seqmark.compute.Node;
import seqmark.compute.Op;
import seqmark.compute.Ops;
import seqmark.compute.Shape;

/** Sums and their opposite. */
public final class Reduce {
  private Reduce() {}

  /**
   * Sums over leading axes and over axes whose extent in {@code shape} is 1: what broadcasting
   * repeated.
   */
  public record SumTo(Shape shape) implements Op {
    @Override
    public String name() {
      return "sum-to";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      Shape whole = Elementwise.broadcast(name(), in.get(0), shape);
      Elementwise.same(name(), whole, in.get(0));
      return List.of(shape);
    }

    @Override
    public void vjp(Node n, GradientContext g) {
      g.add(n.in(0), Ops.broadcast(g.gradient(n.out(0)), n.in(0).shape()));
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      java.util.Arrays.fill(out[0], 0);
      for (int i = 0; i < in[0].length; i++) {
        out[0][Elementwise.source(n.in(0).shape(), shape, i)] += in[0][i];
      }
    }

    @Override
    public seqmark.compute.Cost cost(Node n) {
      return seqmark.compute.Cost.of(n, n.in(0).shape().size());
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return Elementwise.sameRows(n.in(0).shape(), shape);
    }
  }

  /** Repeats along leading axes and along axes of extent 1. */
  public record Broadcast(Shape shape) implements Op {
    @Override
    public String name() {
      return "broadcast";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      return List.of(
          Elementwise.same(name(), Elementwise.broadcast(name(), in.get(0), shape), shape));
    }

    @Override
    public void vjp(Node n, GradientContext g) {
      g.addSummed(n.in(0), new SumTo(n.in(0).shape()), g.gradient(n.out(0)));
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      for (int i = 0; i < out[0].length; i++) {
        out[0][i] = in[0][Elementwise.source(shape, n.in(0).shape(), i)];
      }
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return Elementwise.sameRows(n.in(0).shape(), shape);
    }
  }
}
