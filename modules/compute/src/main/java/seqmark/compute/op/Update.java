package seqmark.compute.op;

import java.util.List;
import seqmark.compute.Cost;
import seqmark.compute.Node;
import seqmark.compute.Op;
import seqmark.compute.Shape;
import seqmark.compute.ShapeException;

/** What the optimizer does to parameters. */
public final class Update {
  private Update() {}

  /**
   * The Euclidean norm of all operands together, and the factor that brings it down to {@code
   * maximum} (Pascanu et al. 2013, algorithm 1). Results: norm [], factor []. The factor is NaN
   * when the norm is not finite.
   */
  public record ClipNorm(float maximum) implements Op {
    @Override
    public String name() {
      return "clip-norm";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      return List.of(Shape.SCALAR, Shape.SCALAR);
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      double sum = 0;
      for (double[] gradient : in) {
        for (double x : gradient) {
          sum += x * x;
        }
      }
      out[0][0] = Math.sqrt(sum);
      out[1][0] = factor(out[0][0]);
    }

    /** What gradients of this norm are multiplied with. */
    public double factor(double norm) {
      if (!Double.isFinite(norm)) {
        return Double.NaN;
      }
      return norm > maximum ? maximum / norm : 1;
    }

    @Override
    public Cost cost(Node n) {
      return Cost.of(n, 2L * n.in().stream().mapToInt(v -> v.shape().size()).sum());
    }
  }

  /**
   * AdamW (Loshchilov and Hutter 2019, algorithm 2). Operands: parameter, its gradient, first and
   * second moment (parameter and moments are updated in place), the factor of {@link ClipNorm} [],
   * and {@code [learning rate, 1 - beta1^t, 1 - beta2^t]}. No results. A factor of NaN changes
   * nothing, so that the values behind a diverged step can still be looked at.
   *
   * @param beta1 decay of the first moment
   * @param beta2 decay of the second moment
   * @param epsilon added to the root of the second moment
   * @param weightDecay decoupled weight decay, multiplied with the learning rate
   */
  public record AdamW(float beta1, float beta2, float epsilon, float weightDecay) implements Op {
    @Override
    public String name() {
      return "adamw";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      for (int i = 1; i < 4; i++) {
        Elementwise.same(name(), in.get(0), in.get(i));
      }
      if (in.get(4).size() != 1 || in.get(5).size() != 3) {
        throw new ShapeException("adamw: expected [] and [3], found " + in.subList(4, 6));
      }
      return List.of();
    }

    @Override
    public boolean writes(int in) {
      return in == 0 || in == 2 || in == 3;
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      if (Double.isNaN(in[4][0])) {
        return;
      }
      double rate = in[5][0];
      for (int i = 0; i < in[0].length; i++) {
        double gradient = in[1][i] * in[4][0];
        in[2][i] = beta1 * in[2][i] + (1.0 - beta1) * gradient;
        in[3][i] = beta2 * in[3][i] + (1.0 - beta2) * gradient * gradient;
        double step = in[2][i] / in[5][1] / (Math.sqrt(in[3][i] / in[5][2]) + epsilon);
        in[0][i] -= rate * (step + weightDecay * in[0][i]);
      }
    }

    @Override
    public Cost cost(Node n) {
      return Cost.of(n, 14L * n.in(0).shape().size());
    }
  }
}
