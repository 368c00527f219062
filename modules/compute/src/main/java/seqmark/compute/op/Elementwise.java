package seqmark.compute.op;

import java.util.List;
import java.util.Locale;
import seqmark.compute.Cost;
import seqmark.compute.GradientContext;
import seqmark.compute.Node;
import seqmark.compute.Ops;
import seqmark.compute.Shape;
import seqmark.compute.ShapeException;
import seqmark.compute.Value;

/** Ops that compute each element from the elements at the same position. */
public final class Elementwise {
  private Elementwise() {}

  /** The arithmetic of two operands. */
  public enum Arithmetic {
    /** {@code a + b}. */
    ADD,
    /** {@code a - b}. */
    SUBTRACT,
    /** {@code a * b}. */
    MULTIPLY,
    /** {@code a / b}. */
    DIVIDE;

    double apply(double a, double b) {
      return switch (this) {
        case ADD -> a + b;
        case SUBTRACT -> a - b;
        case MULTIPLY -> a * b;
        case DIVIDE -> a / b;
      };
    }
  }

  /**
   * {@code a op b}, with the axes of the smaller operand aligned at the end and extents of 1
   * repeated.
   */
  public record Binary(Arithmetic arithmetic) implements Pointwise {
    @Override
    public String name() {
      return arithmetic.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      return List.of(broadcast(name(), in.get(0), in.get(1)));
    }

    @Override
    public void vjp(Node n, GradientContext g) {
      Value d = g.gradient(n.out(0));
      switch (arithmetic) {
        case ADD -> {
          send(n, g, 0, d);
          send(n, g, 1, d);
        }
        case SUBTRACT -> {
          send(n, g, 0, d);
          if (g.wants(n.in(1))) {
            send(n, g, 1, Ops.affine(d, -1, 0));
          }
        }
        case MULTIPLY -> {
          if (g.wants(n.in(0))) {
            send(n, g, 0, Ops.multiply(d, g.of(n.in(1))));
          }
          if (g.wants(n.in(1))) {
            send(n, g, 1, Ops.multiply(d, g.of(n.in(0))));
          }
        }
        case DIVIDE -> {
          Value overB = Ops.divide(d, g.of(n.in(1)));
          send(n, g, 0, overB);
          if (g.wants(n.in(1))) {
            send(n, g, 1, Ops.affine(Ops.multiply(overB, g.of(n.out(0))), -1, 0));
          }
        }
      }
    }

    private static void send(Node n, GradientContext g, int operand, Value d) {
      Shape shape = n.in(operand).shape();
      if (shape.equals(n.out(0).shape())) {
        g.add(n.in(operand), d);
      } else {
        g.addSummed(n.in(operand), new Reduce.SumTo(shape), d);
      }
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      Shape shape = n.out(0).shape();
      for (int i = 0; i < out[0].length; i++) {
        out[0][i] =
            arithmetic.apply(
                in[0][source(shape, n.in(0).shape(), i)], in[1][source(shape, n.in(1).shape(), i)]);
      }
    }

    @Override
    public int inPlace(int out) {
      return 0;
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return sameRows(n.in(in).shape(), n.out(0).shape());
    }
  }

  /** A function of one operand. */
  public record Unary(Function function) implements Pointwise {
    @Override
    public String name() {
      return function.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      return List.of(in.get(0));
    }

    @Override
    public void vjp(Node n, GradientContext g) {
      Value saved = g.of(function.slopeFromOperand() ? n.in(0) : n.out(0));
      g.add(n.in(0), Ops.apply(new UnaryGradient(function), saved, g.gradient(n.out(0))));
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      for (int i = 0; i < out[0].length; i++) {
        out[0][i] = function.apply(in[0][i]);
      }
    }

    @Override
    public Cost cost(Node n) {
      return Cost.elementwise(n, Cost.FUNCTION);
    }

    @Override
    public int inPlace(int out) {
      return 0;
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return true;
    }
  }

  /**
   * {@code slope * d}: operands are the function's result (or its operand, where {@link
   * Function#slopeFromOperand} says so) and the gradient {@code d} of its result.
   */
  public record UnaryGradient(Function function) implements Pointwise {
    @Override
    public String name() {
      return function.name().toLowerCase(Locale.ROOT) + "-gradient";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      return List.of(same(name(), in.get(0), in.get(1)));
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      for (int i = 0; i < out[0].length; i++) {
        out[0][i] = function.slope(in[0][i], in[0][i]) * in[1][i];
      }
    }

    @Override
    public Cost cost(Node n) {
      boolean smooth =
          switch (function) {
            case GELU, SILU, SOFTPLUS -> true;
            default -> false;
          };
      return Cost.elementwise(n, smooth ? Cost.FUNCTION + 10 : 3);
    }

    @Override
    public int inPlace(int out) {
      return 1;
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return true;
    }
  }

  /** {@code scale * x + shift} with constants. */
  public record Affine(float scale, float shift) implements Pointwise {
    @Override
    public String name() {
      return "affine";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      return List.of(in.get(0));
    }

    @Override
    public void vjp(Node n, GradientContext g) {
      g.add(n.in(0), Ops.affine(g.gradient(n.out(0)), scale, 0));
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      for (int i = 0; i < out[0].length; i++) {
        out[0][i] = (double) scale * in[0][i] + shift;
      }
    }

    @Override
    public Cost cost(Node n) {
      return Cost.elementwise(n, 2);
    }

    @Override
    public int inPlace(int out) {
      return 0;
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return true;
    }
  }

  /** The shape of {@code a op b}. */
  static Shape broadcast(String op, Shape a, Shape b) {
    int rank = Math.max(a.rank(), b.rank());
    int[] dims = new int[rank];
    for (int i = 1; i <= rank; i++) {
      int x = i <= a.rank() ? a.dim(-i) : 1;
      int y = i <= b.rank() ? b.dim(-i) : 1;
      if (x != y && x != 1 && y != 1) {
        throw new ShapeException(
            op + ": shapes do not broadcast: a " + a + ", b " + b + " (axis -" + i + ")");
      }
      dims[rank - i] = Math.max(x, y);
    }
    return Shape.of(dims);
  }

  /** The element of an operand that belongs to element {@code i} of a broadcast result. */
  public static int source(Shape result, Shape operand, int i) {
    if (operand.equals(result)) {
      return i;
    }
    int rest = i;
    int index = 0;
    int stride = 1;
    for (int axis = 1; axis <= operand.rank(); axis++) {
      int extent = result.dim(-axis);
      int position = rest % extent;
      rest /= extent;
      if (operand.dim(-axis) != 1) {
        index += position * stride;
        stride *= operand.dim(-axis);
      }
    }
    return index;
  }

  static Shape same(String op, Shape a, Shape b) {
    if (!a.equals(b)) {
      throw new ShapeException(op + ": shapes differ: " + a + ", " + b);
    }
    return a;
  }

  static boolean sameRows(Shape operand, Shape result) {
    return operand.rank() == result.rank() && operand.rank() > 0 && operand.dim(0) == result.dim(0);
  }
}
