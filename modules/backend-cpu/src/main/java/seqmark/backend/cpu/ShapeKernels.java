package seqmark.backend.cpu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
    private final int inStride;
    private final int outStride;
    private final int offset;
    private final int width;

    Slice(Node n, Memory memory) {
      Shapes.Slice op = (Shapes.Slice) n.op();
      Shape shape = n.in(0).shape();
      in = memory.of(n.in(0));
      out = memory.of(n.out(0));
      units = shape.sizeBefore(op.axis());
      int inner = shape.sizeAfter(op.axis());
      boolean last = op.axis() == shape.rank() - 1;
      offset = op.from() * inner;
      width = (op.to() - op.from()) * inner;
      inStride = last ? in.distance() : shape.dim(op.axis()) * inner;
      outStride = last ? out.distance() : width;
    }

    @Override
    public int units() {
      return units;
    }

    @Override
    public void run(int t, int from, int to) {
      for (int i = from; i < to; i++) {
        int xAt = in.at(t) + i * inStride + offset;
        Strips.copy(in.data(), xAt, out.data(), out.at(t) + i * outStride, width);
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

  /** Copies what does not lie in the result yet. */
  static final class Concat implements Kernel {
    private record Part(Operand in, int distance, int width, int offset) {}

    private final List<Part> parts = new ArrayList<>();
    private final Operand out;
    private final int units;
    private final int distance;

    Concat(Node n, Memory memory) {
      int axis = ((Shapes.Concat) n.op()).axis();
      Shape shape = n.out(0).shape();
      out = memory.of(n.out(0));
      units = shape.sizeBefore(axis);
      int inner = shape.sizeAfter(axis);
      boolean last = axis == shape.rank() - 1;
      distance = last ? out.distance() : shape.dim(axis) * inner;
      int offset = 0;
      for (int i = 0; i < n.in().size(); i++) {
        Operand in = memory.of(n.in(i));
        int width = n.in(i).shape().dim(axis) * inner;
        if (!memory.isThere(n, i)) {
          parts.add(new Part(in, last ? in.distance() : width, width, offset));
        }
        offset += width;
      }
    }

    @Override
    public int units() {
      return units;
    }

    @Override
    public void run(int t, int from, int to) {
      float[] y = out.data();
      for (int p = 0; p < parts.size(); p++) {
        Part part = parts.get(p);
        float[] x = part.in.data();
        int xAt = part.in.at(t);
        int yAt = out.at(t) + part.offset;
        for (int i = from; i < to; i++) {
          Strips.copy(x, xAt + i * part.distance, y, yAt + i * distance, part.width);
        }
      }
    }
  }
}
