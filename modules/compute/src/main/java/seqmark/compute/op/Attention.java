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

/** Attention of one query per row, {@code [B, D]}, to a memory {@code [B, S, D]}. */
public final class Attention {
  private Attention() {}

  /** Dot products: query {@code [B, D]}, memory {@code [B, S, D]}; scores {@code [B, S]}. */
  public record Dot() implements Op {
    @Override
    public String name() {
      return "attention-dot";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      Shape q = in.get(0);
      Shape m = in.get(1);
      require(m.rank() == 3 && q.equals(Shape.of(m.dim(0), m.dim(2))), "query", q, m);
      return List.of(m.axes(0, 2));
    }

    @Override
    public void vjp(Node n, GradientContext g) {
      Value d = g.gradient(n.out(0));
      if (g.wants(n.in(0))) {
        g.add(n.in(0), Ops.apply(new Mix(), d, g.of(n.in(1))));
      }
      if (g.wants(n.in(1))) {
        g.addSummed(n.in(1), new MatMul.BatchedWeightGradient(), d, g.of(n.in(0)));
      }
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      int source = n.in(1).shape().dim(1);
      int width = n.in(1).shape().dim(2);
      for (int i = 0; i < out[0].length; i++) {
        double sum = 0;
        for (int j = 0; j < width; j++) {
          sum += in[0][i / source * width + j] * in[1][i * width + j];
        }
        out[0][i] = sum;
      }
    }

    @Override
    public Cost cost(Node n) {
      return Cost.of(n, 2L * n.in(1).shape().size());
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return true;
    }
  }

  /** Weighted sums: weights {@code [B, S]}, memory {@code [B, S, D]}; context {@code [B, D]}. */
  public record Mix() implements Op {
    @Override
    public String name() {
      return "attention-mix";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      Shape w = in.get(0);
      Shape m = in.get(1);
      require(m.rank() == 3 && w.equals(m.axes(0, 2)), "weights", w, m);
      return List.of(Shape.of(m.dim(0), m.dim(2)));
    }

    @Override
    public void vjp(Node n, GradientContext g) {
      Value d = g.gradient(n.out(0));
      if (g.wants(n.in(0))) {
        g.add(n.in(0), Ops.apply(new Dot(), d, g.of(n.in(1))));
      }
      if (g.wants(n.in(1))) {
        g.addSummed(n.in(1), new MatMul.BatchedWeightGradient(), g.of(n.in(0)), d);
      }
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      int source = n.in(1).shape().dim(1);
      int width = n.in(1).shape().dim(2);
      for (int i = 0; i < out[0].length; i++) {
        int row = i / width;
        double sum = 0;
        for (int s = 0; s < source; s++) {
          sum += in[0][row * source + s] * in[1][(row * source + s) * width + i % width];
        }
        out[0][i] = sum;
      }
    }

    @Override
    public Cost cost(Node n) {
      return Cost.of(n, 2L * n.in(1).shape().size());
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return true;
    }
  }

  /** {@code sum + a ⊗ b} per row: a {@code [B, S]}, b {@code [B, D]}, sum {@code [B, S, D]}. */
  public record AddOuter() implements Op {
    @Override
    public String name() {
      return "attention-add-outer";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      Shape m = in.get(2);
      require(m.rank() == 3 && in.get(0).equals(m.axes(0, 2)), "weights", in.get(0), m);
      require(in.get(1).equals(Shape.of(m.dim(0), m.dim(2))), "vector", in.get(1), m);
      return List.of(m);
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      int source = n.in(2).shape().dim(1);
      int width = n.in(2).shape().dim(2);
      for (int i = 0; i < out[0].length; i++) {
        int position = i / width;
        out[0][i] = in[2][i] + in[0][position] * in[1][position / source * width + i % width];
      }
    }

    @Override
    public Cost cost(Node n) {
      return Cost.of(n, 2L * n.out(0).shape().size());
    }

    @Override
    public int inPlace(int out) {
      return 2;
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return true;
    }
  }

  /**
   * Bahdanau, Cho and Bengio 2014, appendix A.1.2: {@code v · tanh(q + k)} for every position.
   * Query {@code [B, D]}, keys {@code [B, S, D]}, v {@code [D]}; scores {@code [B, S]}. The tanh is
   * computed again for the gradient: keeping it would take {@code [T, B, S, D]}.
   */
  public record Additive() implements Op {
    @Override
    public String name() {
      return "attention-additive";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      Shape k = in.get(1);
      require(
          k.rank() == 3 && in.get(0).equals(Shape.of(k.dim(0), k.dim(2))), "query", in.get(0), k);
      require(in.get(2).equals(Shape.of(k.dim(2))), "score vector", in.get(2), k);
      return List.of(k.axes(0, 2));
    }

    @Override
    public void vjp(Node n, GradientContext g) {
      Value sum = g.accumulator(n.in(1));
      List<Value> d =
          Ops.applyAll(
              new AdditiveGradient(),
              g.gradient(n.out(0)),
              g.of(n.in(0)),
              g.of(n.in(1)),
              g.of(n.in(2)),
              sum);
      g.add(n.in(0), d.get(0));
      g.accumulated(n.in(1), d.get(1));
      g.addSummed(n.in(2), new Reduce.SumTo(n.in(2).shape()), d.get(2));
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      int source = n.in(1).shape().dim(1);
      int width = n.in(1).shape().dim(2);
      for (int i = 0; i < out[0].length; i++) {
        double sum = 0;
        for (int j = 0; j < width; j++) {
          sum += in[2][j] * Math.tanh(in[0][i / source * width + j] + in[1][i * width + j]);
        }
        out[0][i] = sum;
      }
    }

    @Override
    public Cost cost(Node n) {
      return Cost.of(n, (Cost.FUNCTION + 3L) * n.in(1).shape().size());
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return in != 2;
    }
  }

  /**
   * The gradient of {@link Additive}. Operands: d scores {@code [B, S]}, query, keys, v, and the
   * keys' gradient so far. Results: d query {@code [B, D]}, the keys' gradient, d v per row {@code
   * [B, D]}.
   */
  public record AdditiveGradient() implements Op {
    @Override
    public String name() {
      return "attention-additive-gradient";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      return List.of(in.get(1), in.get(2), in.get(1));
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      int source = n.in(2).shape().dim(1);
      int width = n.in(2).shape().dim(2);
      java.util.Arrays.fill(out[0], 0);
      java.util.Arrays.fill(out[2], 0);
      for (int i = 0; i < out[1].length; i++) {
        int position = i / width;
        int j = i % width;
        int at = position / source * width + j;
        double squashed = Math.tanh(in[1][at] + in[2][i]);
        double d = in[0][position] * in[3][j] * (1 - squashed * squashed);
        out[0][at] += d;
        out[1][i] = in[4][i] + d;
        out[2][at] += in[0][position] * squashed;
      }
    }

    @Override
    public Cost cost(Node n) {
      return Cost.of(n, (Cost.FUNCTION + 8L) * n.in(2).shape().size());
    }

    @Override
    public int inPlace(int out) {
      return out == 1 ? 4 : -1;
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return in != 3;
    }
  }

  /**
   * Luong et al. 2015, section 3.2: which positions lie within {@code radius} of a centre.
   * Operands: centre {@code [B, 1]}, mask {@code [B, S]}; result {@code [B, S]} of 0 and 1. No
   * gradient flows.
   */
  public record Window(int radius) implements Op {
    @Override
    public String name() {
      return "attention-window";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      Shape mask = in.get(1);
      if (mask.rank() != 2 || !in.get(0).equals(Shape.of(mask.dim(0), 1))) {
        throw new ShapeException(name() + ": centre " + in.get(0) + " does not fit mask " + mask);
      }
      return List.of(mask);
    }

    @Override
    public void vjp(Node n, GradientContext g) {
      // Piecewise constant: the centre learns through Luong's Gaussian, equation 10.
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      int width = n.out(0).shape().dim(1);
      for (int i = 0; i < out[0].length; i++) {
        boolean near = Math.abs(i % width - in[0][i / width]) <= radius;
        out[0][i] = near && in[1][i] != 0 ? 1 : 0;
      }
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return true;
    }
  }

  private static void require(boolean fits, String what, Shape found, Shape memory) {
    if (!fits) {
      throw new ShapeException("attention: " + what + " " + found + " does not fit " + memory);
    }
  }
}
