package seqmark.compute.op;

import java.util.Arrays;
import java.util.List;
import seqmark.compute.Cost;
import seqmark.compute.GradientContext;
import seqmark.compute.Node;
import seqmark.compute.Op;
import seqmark.compute.Shape;
import seqmark.compute.ShapeException;

/** Rows of a table, chosen by token ids. */
public final class Embedding {
  private Embedding() {}

  /**
   * table {@code [V, D]}, ids {@code [...]}; result {@code [..., D]}. An id outside of {@code 0..V
   * - 1} is an error when the graph runs.
   */
  public record Lookup() implements Op {
    @Override
    public String name() {
      return "lookup";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      if (in.get(0).rank() != 2) {
        throw new ShapeException("lookup: the table must be [V, D], found " + in.get(0));
      }
      return List.of(in.get(1).append(in.get(0).dim(1)));
    }

    @Override
    public void vjp(Node n, GradientContext g) {
      g.addSummed(
          n.in(0), new LookupGradient(n.in(0).shape().dim(0)), g.of(n.in(1)), g.gradient(n.out(0)));
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      int width = n.in(0).shape().dim(1);
      for (int i = 0; i < in[1].length; i++) {
        int id = check(in[1][i], n.in(0).shape().dim(0));
        System.arraycopy(in[0], id * width, out[0], i * width, width);
      }
    }

    @Override
    public Cost cost(Node n) {
      return new Cost(0, 2L * n.out(0).shape().size() * Float.BYTES);
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return in == 1;
    }
  }

  /** Sums rows by id: ids {@code [...]}, d {@code [..., D]}; result {@code [V, D]}. */
  public record LookupGradient(int vocabulary) implements Op {
    @Override
    public String name() {
      return "lookup-gradient";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      Shape d = in.get(1);
      if (!in.get(0).append(d.dim(-1)).equals(d)) {
        throw new ShapeException("lookup-gradient: ids " + in.get(0) + " do not fit d " + d);
      }
      return List.of(Shape.of(vocabulary, d.dim(-1)));
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      int width = n.out(0).shape().dim(1);
      Arrays.fill(out[0], 0);
      for (int i = 0; i < in[0].length; i++) {
        int id = check(in[0][i], vocabulary);
        for (int j = 0; j < width; j++) {
          out[0][id * width + j] += in[1][i * width + j];
        }
      }
    }

    @Override
    public Cost cost(Node n) {
      return Cost.of(n, n.in(1).shape().size());
    }
  }

  /**
   * A token id from its stored form.
   *
   * @throws IndexOutOfBoundsException if it is no row of the table
   */
  public static int check(double stored, int vocabulary) {
    int id = (int) stored;
    if (id != stored || id < 0 || id >= vocabulary) {
      throw new IndexOutOfBoundsException(
          "lookup: token id " + stored + " is not one of 0.." + (vocabulary - 1));
    }
    return id;
  }
}
