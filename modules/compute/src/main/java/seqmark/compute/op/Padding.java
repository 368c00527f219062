package seqmark.compute.op;

import java.util.List;
import seqmark.compute.GradientContext;
import seqmark.compute.Node;
import seqmark.compute.Op;
import seqmark.compute.Ops;
import seqmark.compute.Shape;
import seqmark.compute.ShapeException;

/**
 * Ops on padded sequences. The mask {@code [B, T]} is 1 for the valid part at the start of each row
 * and 0 for the padding behind it.
 */
public final class Padding {
  private Padding() {}

  /** How many positions of a row of a mask are valid, counted from its start. */
  private static int length(double[] mask, int start, int width) {
    int length = 0;
    while (length < width && mask[start + length] != 0) {
      length++;
    }
    return length;
  }

  private static Shape fitting(String op, List<Shape> in) {
    Shape x = in.get(0);
    if (x.rank() < 2 || !x.axes(0, 2).equals(in.get(1))) {
      throw new ShapeException(op + ": mask " + in.get(1) + " does not fit x " + x);
    }
    return x;
  }

  /**
   * Reverses each row's valid part and leaves padding where it is. Operands: x {@code [B, T, ...]}
   * and the mask {@code [B, T]}.
   */
  public record Reverse() implements Op {
    @Override
    public String name() {
      return "reverse-sequence";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      return List.of(fitting(name(), in));
    }

    @Override
    public void vjp(Node n, GradientContext g) {
      g.add(n.in(0), Ops.reverseSequence(g.gradient(n.out(0)), g.of(n.in(1))));
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      int width = n.in(1).shape().dim(1);
      int size = n.in(0).shape().sizeAfter(1);
      for (int start = 0; start < in[1].length; start += width) {
        int length = length(in[1], start, width);
        for (int i = 0; i < width; i++) {
          int from = i < length ? length - 1 - i : i;
          System.arraycopy(in[0], (start + from) * size, out[0], (start + i) * size, size);
        }
      }
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return true;
    }
  }

  /**
   * Moves the valid part of each row to its end and the padding to its start, or back again.
   * Operands: x {@code [B, T, ...]} and the mask {@code [B, T]} of padding at the end.
   *
   * @param back whether x has its padding at the start and gets it at the end
   */
  public record Rotate(boolean back) implements Op {
    @Override
    public String name() {
      return back ? "pad-end" : "pad-start";
    }

    @Override
    public List<Shape> infer(List<Shape> in) {
      return List.of(fitting(name(), in));
    }

    @Override
    public void vjp(Node n, GradientContext g) {
      g.add(n.in(0), Ops.apply(new Rotate(!back), g.gradient(n.out(0)), g.of(n.in(1))));
    }

    @Override
    public void reference(Node n, double[][] in, double[][] out) {
      int width = n.in(1).shape().dim(1);
      int size = n.in(0).shape().sizeAfter(1);
      for (int b = 0; b < n.in(1).shape().dim(0); b++) {
        int padding = width - length(in[1], b * width, width);
        for (int i = 0; i < width; i++) {
          int apart = (i + padding) % width;
          int from = (b * width + (back ? apart : i)) * size;
          int to = (b * width + (back ? i : apart)) * size;
          System.arraycopy(in[0], from, out[0], to, size);
        }
      }
    }

    @Override
    public boolean rowWise(Node n, int in) {
      return true;
    }
  }
}
