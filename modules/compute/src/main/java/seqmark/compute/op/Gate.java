package seqmark.compute.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import seqmark.compute.Cost;
import seqmark.compute.GradientContext;
import seqmark.compute.Node;
import seqmark.compute.Op;
import seqmark.compute.Ops;
import seqmark.compute.Shape;
import seqmark.compute.ShapeException;
import seqmark.compute.Value;

/** What is let through by gates. */
public final class Gate {
  private Gate() {}

  /** What becomes of the content before it meets its gate. */
  public enum Form {
    /** Nothing: the gated linear unit (Dauphin et al. 2017, equation 1). */
    LINEAR,
    /** {@code tanh} (van den Oord et al. 2016, WaveNet, equation 2). */
    TANH;

    private double apply(double content) {
      return this == TANH ? Math.tanh(content) : content;
    }

    /** The derivative, from the result. */
    private double slope(double content) {
      return this == TANH ? 1 - content * content : 1;
    }
  }

  /**
   * {@code form(content) * sigmoid(gate)}. Operands: x {@code [..., 2 F]}, of which the first half
   * is the content and the second the gate, and, if there is one, a mask {@code [...]}: positions
   * with 0 become 0. Result {@code [..., F]}.
   */
  public record Unit(Form form) implements Op {
    @Override
    public String name() {
      return "gate-" + form.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      Shape x = in.get(0);
      if (x.rank() < 1 || x.dim(-1) % 2 != 0) {
        throw new ShapeException(name() + ": expected x [..., 2 F], found " + x);
      }
      if (in.size() == 2 && !in.get(1).equals(x.axes(0, x.rank() - 1))) {
        throw new ShapeException(name() + ": mask " + in.get(1) + " does not fit x " + x);
      }
      return List.of(x.with(-1, x.dim(-1) / 2));
    }

    @Override
    public void vjp(Node n, GradientContext g) {
      List<Value> in = new ArrayList<>();
      n.in().forEach(v -> in.add(g.of(v)));
      in.add(1, g.gradient(n.out(0)));
      g.add(n.in(0), Ops.apply(new UnitGradient(form), in.toArray(Value[]::new)));
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      int width = n.out(0).shape().dim(-1);
      for (int i = 0; i < out[0].length; i++) {
        int row = i / width;
        int at = row * 2 * width + i % width;
        boolean padding = in.length == 2 && in[1][row] == 0;
        out[0][i] = padding ? 0 : form.apply(in[0][at]) * sigmoid(in[0][at + width]);
      }
    }

    @Override
    public Cost cost(Node n) {
      return Cost.of(n, (2L * Cost.FUNCTION + 1) * n.out(0).shape().size());
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return n.out(0).shape().rank() > 1;
    }
  }

  /**
   * The gradient of {@link Unit}. Operands: x {@code [..., 2 F]}, the gradient of the result {@code
   * [..., F]}, and the mask if there is one. Result: dx. It computes the functions again, so that
   * nothing needs to be kept for it.
   */
  public record UnitGradient(Form form) implements Op {
    @Override
    public String name() {
      return new Unit(form).name() + "-gradient";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      return List.of(in.get(0));
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      int width = n.in(1).shape().dim(-1);
      for (int i = 0; i < in[1].length; i++) {
        int row = i / width;
        int at = row * 2 * width + i % width;
        double d = in.length == 3 && in[2][row] == 0 ? 0 : in[1][i];
        double content = form.apply(in[0][at]);
        double gate = sigmoid(in[0][at + width]);
        out[0][at] = d * gate * form.slope(content);
        out[0][at + width] = d * content * gate * (1 - gate);
      }
    }

    @Override
    public Cost cost(Node n) {
      return Cost.of(n, (2L * Cost.FUNCTION + 8) * n.in(1).shape().size());
    }

    @Override
    public int inPlace(int out) {
      return 0;
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return n.out(0).shape().rank() > 1;
    }
  }

  /**
   * {@code content * silu(gate)}: a gate that lets itself through as well (Shazeer 2020, equation
   * 6; Gu and Dao 2023, section 3.4). Operands: content and gate; result; all {@code [..., F]}.
   */
  public record Swiglu() implements Op {
    @Override
    public String name() {
      return "swiglu";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      Shape gate = in.get(1);
      if (gate.rank() < 1 || !in.get(0).equals(gate)) {
        throw new ShapeException(
            name() + ": expected content and gate [..., F], found " + in.get(0) + ", " + gate);
      }
      return List.of(gate);
    }

    @Override
    public void vjp(Node n, GradientContext g) {
      Value content = n.in(0);
      Value gate = n.in(1);
      Op op = new SwigluGradient();
      List<Value> d = Ops.applyAll(op, g.gradient(n.out(0)), g.of(content), g.of(gate));
      g.add(gate, d.get(0));
      g.add(content, d.get(1));
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      for (int i = 0; i < out[0].length; i++) {
        out[0][i] = in[0][i] * in[1][i] * sigmoid(in[1][i]);
      }
    }

    @Override
    public Cost cost(Node n) {
      return Cost.elementwise(n, Cost.FUNCTION + 2);
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return n.out(0).shape().rank() > 1;
    }
  }

  /**
   * The gradient of {@link Swiglu}. Operands: the gradient of the result, content, gate. Results:
   * those of gate and of content. All are {@code [..., F]}.
   */
  public record SwigluGradient() implements Op {
    @Override
    public String name() {
      return "swiglu-gradient";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      return List.of(in.get(2), in.get(2));
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      for (int i = 0; i < in[2].length; i++) {
        double s = sigmoid(in[2][i]);
        double d = in[0][i];
        out[0][i] = d * in[1][i] * s * (1 + in[2][i] * (1 - s));
        out[1][i] = d * in[2][i] * s;
      }
    }

    @Override
    public Cost cost(Node n) {
      return Cost.elementwise(n, Cost.FUNCTION + 8);
    }

    @Override
    public int inPlace(int out) {
      return out == 1 ? 0 : -1;
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return n.out(0).shape().rank() > 1;
    }
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
