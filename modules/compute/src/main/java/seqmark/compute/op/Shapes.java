package seqmark.compute.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import seqmark.compute.GradientContext;
import seqmark.compute.Node;
import seqmark.compute.Op;
import seqmark.compute.Ops;
import seqmark.compute.Shape;
import seqmark.compute.ShapeException;
import seqmark.compute.Value;

/** Ops that move elements without computing. */
public final class Shapes {
  private Shapes() {}

  /** The same elements in other extents; a view. */
  public record Reshape(Shape shape) implements Op {
    @Override
    public String name() {
      return "reshape";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      if (in.get(0).size() != shape.size()) {
        throw new ShapeException("reshape: " + in.get(0) + " has not as many elements as " + shape);
      }
      return List.of(shape);
    }

    @Override
    public void vjp(Node n, GradientContext g) {
      g.add(n.in(0), Ops.reshape(g.gradient(n.out(0)), n.in(0).shape()));
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      System.arraycopy(in[0], 0, out[0], 0, out[0].length);
    }

    @Override
    public int viewOffset(Node n) {
      return 0;
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return n.in(0).shape().rank() > 0
          && shape.rank() > 0
          && n.in(0).shape().dim(0) == shape.dim(0);
    }
  }

  /** The same elements in another place. */
  public record Copy() implements Op {
    @Override
    public String name() {
      return "copy";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      return in;
    }

    @Override
    public void vjp(Node n, GradientContext g) {
      g.add(n.in(0), g.gradient(n.out(0)));
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      System.arraycopy(in[0], 0, out[0], 0, out[0].length);
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return true;
    }
  }

  /** Axes in another order: result axis {@code i} is operand axis {@code order.get(i)}. */
  public record Transpose(List<Integer> order) implements Op {
    @Override
    public String name() {
      return "transpose";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      Shape x = in.get(0);
      if (order.size() != x.rank()) {
        throw new ShapeException("transpose: order " + order + " does not fit " + x);
      }
      return List.of(Shape.of(order.stream().mapToInt(x::dim).toArray()));
    }

    @Override
    public void vjp(Node n, GradientContext g) {
      Integer[] inverse = new Integer[order.size()];
      for (int i = 0; i < inverse.length; i++) {
        inverse[order.get(i)] = i;
      }
      g.add(n.in(0), Ops.apply(new Transpose(List.of(inverse)), g.gradient(n.out(0))));
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      int[] strides = strides(n.in(0).shape());
      for (int i = 0; i < out[0].length; i++) {
        out[0][i] = in[0][source(n.out(0).shape(), strides, i)];
      }
    }

    /** Steps between operand elements along each axis of the result. */
    public int[] strides(Shape operand) {
      return order.stream().mapToInt(operand::sizeAfter).toArray();
    }

    private static int source(Shape result, int[] strides, int i) {
      int rest = i;
      int index = 0;
      for (int axis = result.rank() - 1; axis >= 0; axis--) {
        index += rest % result.dim(axis) * strides[axis];
        rest /= result.dim(axis);
      }
      return index;
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return order.get(0) == 0;
    }
  }

  /** The part {@code from .. to - 1} of an axis; along the first axis a view. */
  public record Slice(int axis, int from, int to) implements Op {
    @Override
    public String name() {
      return "slice";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      Shape x = in.get(0);
      if (axis < 0 || axis >= x.rank() || from < 0 || to > x.dim(axis) || from >= to) {
        throw new ShapeException(
            "slice: no part %d..%d of axis %d in %s".formatted(from, to, axis, x));
      }
      return List.of(x.with(axis, to - from));
    }

    @Override
    public void vjp(Node n, GradientContext g) {
      Value x = n.in(0);
      Value d = g.gradient(n.out(0));
      List<Value> parts = g.hasBegun(x) ? behind(g.accumulator(x)) : List.of();
      if (parts.isEmpty()) {
        g.add(x, unslice(d, x.shape().dim(axis)));
        return;
      }
      List<Value> joined = new ArrayList<>(List.of(d));
      joined.addAll(parts);
      Value all = Ops.concat(axis, joined.toArray(Value[]::new));
      g.accumulated(x, unslice(all, x.shape().dim(axis)));
    }

    private Value unslice(Value part, int total) {
      boolean whole = part.shape().dim(axis) == total;
      return whole ? part : Ops.apply(new Unslice(axis, from, total), part);
    }

    /**
     * What a sum consists of that is zero but for gradients of slices just behind this one. They
     * come from the last slice to the first, and are put side by side rather than added to zeros.
     */
    private List<Value> behind(Value sum) {
      Node zeros = sum.node();
      if (zeros == null || !(zeros.op() instanceof Unslice u) || u.axis != axis || u.from != to) {
        return List.of();
      }
      Node part = zeros.in(0).node();
      boolean joined = part != null && part.op().equals(new Concat(axis));
      return joined ? part.in() : zeros.in();
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      Shape x = n.in(0).shape();
      int inner = x.sizeAfter(axis);
      int width = (to - from) * inner;
      for (int o = 0; o < x.sizeBefore(axis); o++) {
        System.arraycopy(in[0], (o * x.dim(axis) + from) * inner, out[0], o * width, width);
      }
    }

    @Override
    public int viewOffset(Node n) {
      return axis == 0 ? from * n.in(0).shape().sizeAfter(0) : -1;
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return axis > 0;
    }
  }

  /** Zeros with the operand at {@code from} of an axis of extent {@code total}. */
  public record Unslice(int axis, int from, int total) implements Op {
    @Override
    public String name() {
      return "unslice";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      return List.of(in.get(0).with(axis, total));
    }

    @Override
    public void vjp(Node n, GradientContext g) {
      int to = from + n.in(0).shape().dim(axis);
      g.add(n.in(0), Ops.slice(g.gradient(n.out(0)), axis, from, to));
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      Shape x = n.in(0).shape();
      int inner = x.sizeAfter(axis);
      int width = x.dim(axis) * inner;
      Arrays.fill(out[0], 0);
      for (int o = 0; o < x.sizeBefore(axis); o++) {
        System.arraycopy(in[0], o * width, out[0], (o * total + from) * inner, width);
      }
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return axis > 0;
    }
  }

  /** Operands one after the other along an axis. */
  public record Concat(int axis) implements Op {
    @Override
    public String name() {
      return "concat";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      int extent = 0;
      for (Shape s : in) {
        if (s.rank() != in.get(0).rank()
            || axis < 0
            || axis >= s.rank()
            || !s.with(axis, 1).equals(in.get(0).with(axis, 1))) {
          throw new ShapeException("concat: shapes do not fit along axis " + axis + ": " + in);
        }
        extent += s.dim(axis);
      }
      return List.of(in.get(0).with(axis, extent));
    }

    @Override
    public void vjp(Node n, GradientContext g) {
      int from = 0;
      for (var operand : new ArrayList<>(n.in())) {
        int to = from + operand.shape().dim(axis);
        if (g.wants(operand)) {
          g.add(operand, Ops.slice(g.gradient(n.out(0)), axis, from, to));
        }
        from = to;
      }
    }

    /** Of weights side by side. */
    @Override
    public boolean isMadeAgain(Node n) {
      return n.in().stream().allMatch(Value::isPersistent);
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      Shape result = n.out(0).shape();
      int inner = result.sizeAfter(axis);
      int at = 0;
      for (int i = 0; i < in.length; i++) {
        int width = n.in(i).shape().dim(axis) * inner;
        for (int o = 0; o < result.sizeBefore(axis); o++) {
          System.arraycopy(in[i], o * width, out[0], o * result.dim(axis) * inner + at, width);
        }
        at += width;
      }
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return axis > 0;
    }
  }
}
