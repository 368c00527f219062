package seqmark.backend.cpu;

import java.util.Arrays;
import seqmark.compute.Node;
import seqmark.compute.op.Unfolding;

/** Kernels of {@link Unfolding}. A unit is a position in time of a sequence. */
final class UnfoldingKernels {
  private UnfoldingKernels() {}

  static final class Unfold implements Kernel {
    private final Operand in;
    private final Operand out;
    private final Unfolding.Kernel kernel;
    private final int positions;
    private final int length;
    private final int width;

    Unfold(Node n, Memory memory) {
      in = memory.of(n.in(0));
      out = memory.of(n.out(0));
      kernel = ((Unfolding.Unfold) n.op()).kernel();
      positions = n.in(0).shape().sizeBefore(-1);
      length = n.in(0).shape().dim(-2);
      width = n.in(0).shape().dim(-1);
    }

    @Override
    public int units() {
      return positions;
    }

    @Override
    public void run(int t, int from, int to) {
      float[] y = out.data();
      for (int i = from; i < to; i++) {
        int yAt = out.at(t) + i * out.distance();
        for (int k = 0; k < kernel.taps(); k++) {
          int shift = kernel.shift(k);
          int position = i % length + shift;
          if (position >= 0 && position < length) {
            Strips.copy(in.data(), in.at(t) + (i + shift) * in.distance(), y, yAt, width);
          } else {
            Arrays.fill(y, yAt, yAt + width, 0);
          }
          yAt += width;
        }
      }
    }
  }

  static final class Fold implements Kernel {
    private final Operand in;
    private final Operand bias;
    private final Operand out;
    private final Unfolding.Kernel kernel;
    private final int positions;
    private final int length;
    private final int width;

    Fold(Node n, Memory memory) {
      in = memory.of(n.in(0));
      bias = n.in().size() == 2 ? memory.of(n.in(1)) : null;
      out = memory.of(n.out(0));
      kernel = ((Unfolding.Fold) n.op()).kernel();
      positions = n.out(0).shape().sizeBefore(-1);
      length = n.out(0).shape().dim(-2);
      width = n.out(0).shape().dim(-1);
    }

    @Override
    public int units() {
      return positions;
    }

    @Override
    public void run(int t, int from, int to) {
      float[] y = out.data();
      for (int i = from; i < to; i++) {
        int yAt = out.at(t) + i * out.distance();
        if (bias == null) {
          Arrays.fill(y, yAt, yAt + width, 0);
        } else {
          Strips.copy(bias.data(), bias.at(t), y, yAt, width);
        }
        for (int k = 0; k < kernel.taps(); k++) {
          int shift = kernel.shift(k);
          int position = i % length - shift;
          if (position >= 0 && position < length) {
            int xAt = in.at(t) + (i - shift) * in.distance() + k * width;
            Strips.add(in.data(), xAt, y, yAt, y, yAt, width);
          }
        }
      }
    }
  }
}
