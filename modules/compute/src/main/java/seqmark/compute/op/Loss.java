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

/** Training losses. */
public final class Loss {
  private Loss() {}

  /**
   * Softmax and cross-entropy in nats. Operands: logits {@code [..., V]}, targets {@code [...]},
   * weights {@code [...]}; results: {@code weight * loss} and the log of the softmax's sum, both
   * {@code [...]}. A position of weight 0 counts nothing, whatever its target.
   *
   * @param smoothing the share of probability spread over all classes (Szegedy et al. 2015)
   */
  public record CrossEntropy(float smoothing) implements Op {
    @Override
    public String name() {
      return "cross-entropy";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      Shape positions = in.get(1);
      Shape logits = in.get(0);
      if (!in.get(2).equals(positions) || !positions.append(logits.dim(-1)).equals(logits)) {
        throw new ShapeException(
            "cross-entropy: logits %s do not fit targets %s and weights %s"
                .formatted(logits, positions, in.get(2)));
      }
      return List.of(positions, positions);
    }

    @Override
    public void vjp(Node n, GradientContext g) {
      Value d =
          Ops.apply(
              new CrossEntropyGradient(smoothing),
              g.of(n.in(0)),
              g.of(n.in(1)),
              g.of(n.in(2)),
              g.of(n.out(1)),
              g.gradient(n.out(0)));
      g.add(n.in(0), d);
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      int classes = n.in(0).shape().dim(-1);
      for (int i = 0; i < out[0].length; i++) {
        double max = Double.NEGATIVE_INFINITY;
        double mean = 0;
        for (int c = 0; c < classes; c++) {
          max = Math.max(max, in[0][i * classes + c]);
          mean += in[0][i * classes + c] / classes;
        }
        double sum = 0;
        for (int c = 0; c < classes; c++) {
          sum += Math.exp(in[0][i * classes + c] - max);
        }
        out[1][i] = max + Math.log(sum);
        int target = in[2][i] == 0 ? 0 : Embedding.check(in[1][i], classes);
        double hit = (1 - smoothing) * in[0][i * classes + target] + smoothing * mean;
        out[0][i] = in[2][i] == 0 ? 0 : in[2][i] * (out[1][i] - hit);
      }
    }

    @Override
    public Cost cost(Node n) {
      return Cost.of(n, (Cost.FUNCTION + 3L) * n.in(0).shape().size());
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return n.out(0).shape().rank() > 0;
    }
  }

  /**
   * The gradient of {@link CrossEntropy} for the logits. Operands: logits, targets, weights, the
   * log of the sum, and d losses.
   */
  public record CrossEntropyGradient(float smoothing) implements Op {
    @Override
    public String name() {
      return "cross-entropy-gradient";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      return List.of(in.get(0));
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      int classes = n.in(0).shape().dim(-1);
      for (int i = 0; i < out[0].length; i++) {
        int position = i / classes;
        if (in[2][position] == 0) {
          out[0][i] = 0;
          continue;
        }
        double p = Math.exp(in[0][i] - in[3][position]);
        double hit = Embedding.check(in[1][position], classes) == i % classes ? 1 - smoothing : 0;
        out[0][i] = in[4][position] * in[2][position] * (p - hit - smoothing / classes);
      }
    }

    @Override
    public Cost cost(Node n) {
      return Cost.elementwise(n, Cost.FUNCTION + 3);
    }

    @Override
    public int inPlace(int out) {
      return 0;
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return n.in(1).shape().rank() > 0;
    }
  }
}
