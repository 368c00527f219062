package seqmark.backend.cpu;

import seqmark.compute.Node;
import seqmark.compute.op.Padding;

/** Kernels of {@link Padding}. A unit is a row. */
final class PaddingKernels {
  private PaddingKernels() {}

  private static int length(float[] mask, int start, int width) {
    int length = 0;
    while (length < width && mask[start + length] != 0) {
      length++;
    }
    return length;
  }

  static final class Reverse implements Kernel {
    private final Operand in;
    private final Operand mask;
    private final Operand out;
    private final int rows;
    private final int width;
    private final int size;

    Reverse(Node n, Memory memory) {
      in = memory.of(n.in(0));
      mask = memory.of(n.in(1));
      out = memory.of(n.out(0));
      rows = n.in(1).shape().dim(0);
      width = n.in(1).shape().dim(1);
      size = n.in(0).shape().sizeAfter(1);
    }

    @Override
    public int units() {
      return rows;
    }

    @Override
    public void run(int t, int from, int to) {
      for (int row = from; row < to; row++) {
        int start = row * width;
        int length = length(mask.data(), mask.at(t) + start, width);
        for (int i = 0; i < width; i++) {
          int source = i < length ? length - 1 - i : i;
          int xAt = in.at(t) + (start + source) * size;
          System.arraycopy(in.data(), xAt, out.data(), out.at(t) + (start + i) * size, size);
        }
      }
    }
  }

  static final class Rotate implements Kernel {
    private final Operand in;
    private final Operand mask;
    private final Operand out;
    private final boolean back;
    private final int rows;
    private final int width;
    private final int size;

    Rotate(Node n, Memory memory) {
      in = memory.of(n.in(0));
      mask = memory.of(n.in(1));
      out = memory.of(n.out(0));
      back = ((Padding.Rotate) n.op()).back();
      rows = n.in(1).shape().dim(0);
      width = n.in(1).shape().dim(1);
      size = n.in(0).shape().sizeAfter(1);
    }

    @Override
    public int units() {
      return rows;
    }

    @Override
    public void run(int t, int from, int to) {
      float[] x = in.data();
      float[] y = out.data();
      for (int row = from; row < to; row++) {
        int length = length(mask.data(), mask.at(t) + row * width, width);
        int first = back ? width - length : length;
        int xAt = in.at(t) + row * width * size;
        int yAt = out.at(t) + row * width * size;
        System.arraycopy(x, xAt, y, yAt + (width - first) * size, first * size);
        System.arraycopy(x, xAt + first * size, y, yAt, (width - first) * size);
      }
    }
  }
}
