package seqmark.compute.op;

import java.util.ArrayList;
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

/** Layer norm and RMS norm: rows, along the last axis, brought to a common size. */
public final class Standardize {
  private Standardize() {}

  /**
   * {@code (x - mean) * scale * gain + bias} with {@code scale = 1 / sqrt(mean((x - mean)^2) +
   * epsilon)}.
   *
   * <p>Operands: x {@code [..., D]}, gain {@code [D]} and, if centred, bias {@code [D]}. Results:
   * {@code [..., D]}, the scale {@code [...]} and, if centred, the mean {@code [...]}.
   *
   * @param centred layer norm (Ba, Kiros and Hinton 2016, equation 4); otherwise RMS norm (Zhang
   *     and Sennrich 2019, equation 4), which takes the mean for 0 and has no bias
   * @param epsilon keeps rows of equal numbers finite
   */
  public record Rows(boolean centred, float epsilon) implements Op {
    private static final float EPSILON = 1e-5f;

    /** Layer norm with the usual epsilon. */
    public static Rows layerNorm() {
      return new Rows(true, EPSILON);
    }

    /** RMS norm with the usual epsilon. */
    public static Rows rmsNorm() {
      return new Rows(false, EPSILON);
    }

    @Override
    public String name() {
      return centred ? "layer-norm" : "rms-norm";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      Shape x = in.getFirst();
      for (Shape learned : in.subList(1, in.size())) {
        if (x.rank() == 0 || !learned.equals(Shape.of(x.dim(-1)))) {
          throw new ShapeException(
              name() + ": gain or bias " + learned + " does not fit the last axis of x " + x);
        }
      }
      Shape rows = x.axes(0, x.rank() - 1);
      return centred ? List.of(x, rows, rows) : List.of(x, rows);
    }

    @Override
    public void vjp(Node n, GradientContext g) {
      Value d = g.gradient(n.out(0));
      List<Value> statistics = n.out().subList(1, n.out().size()).stream().map(g::of).toList();
      if (g.wants(n.in(0))) {
        Value[] in = with(statistics, d, g.of(n.in(0)), g.of(n.in(1)));
        g.add(n.in(0), Ops.apply(new RowsGradient(), in));
      }
      if (g.wants(n.in(1))) {
        g.addSummed(n.in(1), new GainGradient(), with(statistics, d, g.of(n.in(0))));
      }
      if (centred && g.wants(n.in(2))) {
        g.addSummed(n.in(2), new Reduce.SumTo(n.in(2).shape()), d);
      }
    }

    private static Value[] with(List<Value> statistics, Value... operands) {
      List<Value> all = new ArrayList<>(List.of(operands));
      all.addAll(statistics);
      return all.toArray(Value[]::new);
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      int width = n.in(0).shape().dim(-1);
      for (int row = 0; row < out[1].length; row++) {
        double[] x = Arrays.copyOfRange(in[0], row * width, (row + 1) * width);
        double mean = centred ? Arrays.stream(x).average().orElseThrow() : 0;
        double variance =
            Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
        out[1][row] = 1 / Math.sqrt(variance + epsilon);
        for (int i = 0; i < width; i++) {
          double y = (x[i] - mean) * out[1][row] * in[1][i];
          out[0][row * width + i] = centred ? y + in[2][i] : y;
        }
        if (centred) {
          out[2][row] = mean;
        }
      }
    }

    @Override
    public Cost cost(Node n) {
      return Cost.elementwise(n, 7);
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return in == 0 && n.in(0).shape().rank() > 1;
    }
  }

  /**
   * The gradient of {@link Rows} for x. Operands: d {@code [..., D]}, x {@code [..., D]}, gain
   * {@code [D]}, scale {@code [...]} and, for layer norm, mean {@code [...]}.
   */
  public record RowsGradient() implements Op {
    @Override
    public String name() {
      return "standardize-gradient";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      return List.of(Elementwise.same(name(), in.get(0), in.get(1)));
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      int width = n.out(0).shape().dim(-1);
      boolean centred = in.length == 5;
      for (int row = 0; row < in[3].length; row++) {
        double sum = 0;
        double dot = 0;
        for (int i = 0; i < width; i++) {
          double d = in[0][row * width + i] * in[2][i];
          sum += centred ? d : 0;
          dot += d * standardized(in[1][row * width + i], in, 3, row);
        }
        for (int i = 0; i < width; i++) {
          double d = in[0][row * width + i] * in[2][i];
          double y = standardized(in[1][row * width + i], in, 3, row);
          out[0][row * width + i] = in[3][row] * (d - sum / width - y * dot / width);
        }
      }
    }

    @Override
    public Cost cost(Node n) {
      return Cost.elementwise(n, 10);
    }

    @Override
    public int inPlace(int out) {
      return 0;
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return in != 2 && n.out(0).shape().rank() > 1;
    }
  }

  /**
   * The gradient of {@link Rows} for the gain, {@code [D]}: a sum over all rows. Operands: d {@code
   * [..., D]}, x {@code [..., D]}, scale {@code [...]} and, for layer norm, mean {@code [...]}.
   */
  public record GainGradient() implements Op {
    @Override
    public String name() {
      return "standardize-gain-gradient";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      return List.of(Shape.of(Elementwise.same(name(), in.get(0), in.get(1)).dim(-1)));
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      int width = out[0].length;
      Arrays.fill(out[0], 0);
      for (int i = 0; i < in[0].length; i++) {
        out[0][i % width] += in[0][i] * standardized(in[1][i], in, 2, i / width);
      }
    }

    @Override
    public Cost cost(Node n) {
      return Cost.of(n, 4L * n.in(0).shape().size());
    }
  }

  /** x in the scale, and from the mean if there is one, that stand at {@code in[scaleAt]}. */
  private static double standardized(double x, double[][] in, int scaleAt, int row) {
    double mean = in.length > scaleAt + 1 ? in[scaleAt + 1][row] : 0;
    return (x - mean) * in[scaleAt][row];
  }
}
