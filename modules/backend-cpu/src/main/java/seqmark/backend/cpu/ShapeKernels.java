package seqmark.backend.cpu;

import java.util.Arrays;
import seqmark.compute.Node;
import seqmark.compute.Shape;
import seqmark.compute.op.Shapes;

/** Kernels of {@link Shapes}; reshapes and slices of the first axis need none. */
final class ShapeKernels {
  private ShapeKernels() {}

  /** A unit is an element. */
  static final class Copy implements Kernel {
    private final Operand in;
    private final Operand out;
    private final int size;

    Copy(Node n, Memory memory) {
      in = memory.of(n.in(0));
      out = memory.of(n.out(0));
      size = n.out(0).shape().size();
    }

    @Override
    public int units() {
      return size;
    }

    @Override
    public void run(int t, int from, int to) {
      System.arraycopy(in.data(), in.at(t) + from, out.data(), out.at(t) + from, to - from);
    }
  }

  /** A unit is a row of the result: it gathers from its start in steps. */
  static final class Transpose implements Kernel {
    private final Operand in;
    private final Operand out;
    private final int[] starts;
    private final int width;
    private final int step;

    Transpose(Node n, Memory memory) {
      Shape shape = n.out(0).shape();
      int[] strides = ((Shapes.Transpose) n.op()).strides(n.in(0).shape());
      in = memory.of(n.in(0));
      out = memory.of(n.out(0));
      width = shape.dim(-1);
      step = strides[strides.length - 1];
      starts = new int[shape.size() / width];
      for (int i = 0; i < starts.length; i++) {
        int rest = i;
        for (int axis = shape.rank() - 2; axis >= 0; axis--) {
          starts[i] += rest % shape.dim(axis) * strides[axis];
          rest /= shape.dim(axis);
        }
      }
    }

    @Override
    public int units() {
      return starts.length;
    }

    @Override
    public void run(int t, int from, int to) {
      float[] x = in.data();
      float[] y = out.data();
      for (int i = from; i < to; i++) {
        int xAt = in.at(t) + starts[i];
        int yAt = out.at(t) + i * width;
        if (step == 1) {
          Strips.copy(x, xAt, y, yAt, width);
        } else {
          for (int j = 0; j < width; j++) {
            y[yAt + j] = x[xAt + j * step];
          }
        }
      }
    }
  }

  /** A unit is what lies before the axis; so it is for the next two. */
  static final class Slice implements Kernel {
    private final Operand in;
    private final Operand out;
    private final int units;
    private final int stride;
    private final int offset;
    private final int width;

    Slice(Node n, Memory memory) {
      Shapes.Slice op = (Shapes.Slice) n.op();
      Shape shape = n.in(0).shape();
      in = memory.of(n.in(0));
      out = memory.of(n.out(0));
      units = shape.sizeBefore(op.axis());
      int inner = shape.sizeAfter(op.axis());
      stride = shape.dim(op.axis()) * inner;
      offset = op.from() * inner;
      width = (op.to() - op.from()) * inner;
    }

    @Override
    public int units() {
      return units;
    }

    @Override
    public void run(int t, int from, int to) {
      for (int i = from; i < to; i++) {
        int xAt = in.at(t) + i * stride + offset;
        Strips.copy(in.data(), xAt, out.data(), out.at(t) + i * width, width);
      }
    }
  }

  static final class Unslice implements Kernel {
    private final Operand in;
    private final Operand out;
    private final int units;
    private final int stride;
    private final int offset;
    private final int width;

    Unslice(Node n, Memory memory) {
      Shapes.Unslice op = (Shapes.Unslice) n.op();
      Shape shape = n.in(0).shape();
      in = memory.of(n.in(0));
      out = memory.of(n.out(0));
      units = shape.sizeBefore(op.axis());
      int inner = shape.sizeAfter(op.axis());
      stride = op.total() * inner;
      offset = op.from() * inner;
      width = shape.dim(op.axis()) * inner;
    }

    @Override
    public int units() {
      return units;
    }

    @Override
    public void run(int t, int from, int to) {
      float[] y = out.data();
      for (int i = from; i < to; i++) {
        int yAt = out.at(t) + i * stride;
        Arrays.fill(y, yAt, yAt + offset, 0);
        Strips.copy(in.data(), in.at(t) + i * width, y, yAt + offset, width);
        Arrays.fill(y, yAt + offset + width, yAt + stride, 0);
      }
    }
  }

  static final class Concat implements Kernel {
    private final Operand[] in;
    private final int[] widths;
    private final Operand out;
    private final int units;
    private final int stride;

    Concat(Node n, Memory memory) {
      int axis = ((Shapes.Concat) n.op()).axis();
      Shape shape = n.out(0).shape();
      in = memory.of(n.in());
      out = memory.of(n.out(0));
      units = shape.sizeBefore(axis);
      int inner = shape.sizeAfter(axis);
      widths = n.in().stream().mapToInt(v -> v.shape().dim(axis) * inner).toArray();
      stride = shape.dim(axis) * inner;
    }

    @Override
    public int units() {
      return units;
    }

    @Override
    public void run(int t, int from, int to) {
      int yAt = out.at(t);
      for (int p = 0; p < in.length; p++) {
        float[] x = in[p].data();
        int xAt = in[p].at(t);
        for (int i = from; i < to; i++) {
          Strips.copy(x, xAt + i * widths[p], out.data(), yAt + i * stride, widths[p]);
        }
        yAt += widths[p];
      }
    }
  }
}
